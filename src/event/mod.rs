//! Events of a statement: structure, predicates with their roles, and composed values.

mod chunk;
pub(crate) mod class;
mod class_traits;
mod compose;
#[cfg(test)]
mod construction_tests;
mod entries;
pub(crate) mod features;
pub(crate) mod finder;
mod function;
mod lexicon;
mod morphology;
mod parse;
pub(crate) mod state;
mod table;
mod tag;
mod unit;
pub(crate) mod unit_states;
pub(crate) mod word_forms;
