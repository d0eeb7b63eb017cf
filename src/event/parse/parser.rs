//! [`parse`]: links units to subjects, objects and complements, and finds the clauses of a statement.

use crate::event::function::Function;
use crate::event::unit::{Kind, Unit, VerbForm};

/// Relation of a clause to the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Main clause, or one that follows after "and" or a semicolon.
    Main,
    /// Clause after "but".
    But,
    /// Clause with a participle or a gerund after a comma.
    Participle,
    /// Infinitive of purpose.
    Purpose,
    /// Relative clause.
    Relative,
    /// Words before or after a colon that label the rest.
    Label,
    /// Clause that another unit governs but could not take.
    Embedded,
    /// Clause after a subordinator.
    Subordinate(Function),
}

/// Clause of a statement: its predicate, or a noun phrase without one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clause {
    pub(crate) unit: u16,
    pub(crate) relation: Relation,
}

/// Clause that is being read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) relation: Relation,
    /// Noun phrase, verb or state that the clause completes.
    pub(crate) governor: Option<u16>,
    pub(crate) subject: Option<u16>,
    pub(crate) verb: Option<u16>,
    /// Last predicate, which takes what follows.
    pub(crate) last: Option<u16>,
    /// Last noun phrase after the predicate that no link leads to.
    pub(crate) free: Option<u16>,
    /// Whether a comma or conjunction came after the predicate.
    pub(crate) is_broken: bool,
}

impl Open {
    pub(crate) fn new(relation: Relation) -> Self {
        Self { relation, governor: None, subject: None, verb: None, last: None, free: None, is_broken: false }
    }
}

/// Reads units from left to right with a stack of open clauses.
pub(crate) struct Parser<'u> {
    pub(crate) units: &'u mut [Unit],
    pub(crate) stack: &'u mut Vec<Open>,
    pub(crate) clauses: &'u mut Vec<Clause>,
}

/// Links the units of a statement and fills `clauses` with its clauses in text order; `stack` is a buffer.
pub(crate) fn parse(units: &mut [Unit], clauses: &mut Vec<Clause>, stack: &mut Vec<Open>) {
    clauses.clear();
    stack.clear();
    stack.push(Open::new(Relation::Main));
    let mut parser = Parser { units, stack, clauses };
    for at in 0..parser.units.len() {
        parser.read(at);
    }
    while !parser.stack.is_empty() {
        parser.close();
    }
    clauses.sort_by_key(|clause| units[usize::from(clause.unit)].first);
    clauses.retain(|clause| !units[usize::from(clause.unit)].is_governed);
}

impl Parser<'_> {
    pub(crate) fn top(&mut self) -> &mut Open {
        if self.stack.is_empty() {
            self.stack.push(Open::new(Relation::Main));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    pub(crate) fn unit(&self, at: u16) -> &Unit {
        &self.units[usize::from(at)]
    }

    pub(crate) fn read(&mut self, at: usize) {
        match (self.units[at].kind, self.units[at].form) {
            (Kind::Mark(mark), _) => self.mark(mark, at),
            (Kind::Noun, _) => self.noun(at as u16),
            (Kind::State | Kind::Verb, VerbForm::Infinitive) => self.infinitive(at as u16),
            (Kind::Verb, VerbForm::Gerund) => self.gerund(at as u16),
            (Kind::Verb, VerbForm::Participle) => self.participle(at as u16),
            (Kind::State, _) if self.takes_state(at as u16) => {}
            (Kind::State | Kind::Verb, _) => self.finite(at as u16),
        }
    }

    /// Opens a clause.
    pub(crate) fn open(&mut self, relation: Relation) {
        self.stack.push(Open::new(relation));
    }

    /// Closes the innermost clause.
    pub(crate) fn close(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let unit = open.verb.or(open.subject);
        let Some(unit) = unit else { return };
        if let (Some(governor), Some(verb)) = (open.governor, open.verb) {
            let slot = &mut self.units[usize::from(governor)].complement;
            if slot.is_none() {
                *slot = Some(verb);
                self.units[usize::from(verb)].is_governed = true;
                return;
            }
        }
        self.clauses.push(Clause { unit, relation: open.relation });
        if let (Some(verb), Some(free)) = (open.verb, open.free)
            && verb < free
            && open.is_broken
            && !self.unit(free).is_governed
            && (self.unit(free).quantity < 0.0)
        {
            self.clauses.push(Clause { unit: free, relation: Relation::Main });
        }
    }
}
