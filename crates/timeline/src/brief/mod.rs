//! A brief: where a negotiation stands, what changed, who moved, what happened, and what comes next.

pub(crate) mod ahead;
pub(crate) mod build;
pub(crate) mod detail;
pub(crate) mod milestones;
pub(crate) mod movers;
pub(crate) mod quotes;
pub(crate) mod sections;
pub(crate) mod speakers;
pub(crate) mod types;
