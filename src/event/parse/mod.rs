//! Clauses of a statement: from units to predicates with their arguments.

mod arguments;
mod marks;
pub(crate) mod parser;
mod predicates;
