//! [`Candidates`]: the fields of a record that may have the text, date, title, id or source, best names first.

use std::borrow::Cow;

use crate::json_value::{JsonObject, JsonValue};
use crate::record::field_names::{Role, may_hold_fields, role_of};

/// A field inside an object is less likely than one beside it.
const NESTED_RANK: u16 = 1000;
/// Fields are looked for so many objects deep.
const MAX_DEPTH: u16 = 3;

/// A field that may have a role.
pub(crate) struct Candidate<'r, 'a> {
    rank: u16,
    /// The name, as a path where it is inside an object.
    pub(crate) name: Cow<'r, str>,
    pub(crate) value: &'r JsonValue<'a>,
}

/// The candidates of each role.
#[derive(Default)]
pub(crate) struct Candidates<'r, 'a>([Vec<Candidate<'r, 'a>>; Role::ALL.len()]);

/// The role of each field of the last record: the records of a file mostly have the same fields.
#[derive(Default)]
pub(crate) struct Layout(Vec<(String, Option<(Role, u16)>)>);

impl Layout {
    fn role(&mut self, at: usize, name: &str) -> Option<(Role, u16)> {
        if let Some((known, role)) = self.0.get(at)
            && known == name
        {
            return *role;
        }
        let role = role_of(name);
        self.0.truncate(at);
        if self.0.len() == at {
            self.0.push((name.to_owned(), role));
        }
        role
    }
}

impl<'r, 'a> Candidates<'r, 'a> {
    /// The candidates in `record`. Objects inside it are only searched if it has no field for the text, or none for
    /// the date or title.
    pub(crate) fn of(record: &'r JsonObject<'a>, layout: &mut Layout) -> Self {
        let mut found = Self::default();
        for (at, (name, value)) in record.iter().enumerate() {
            if let Some((role, rank)) = layout.role(at, name) {
                found.push(role, Candidate { rank, name: Cow::Borrowed(name), value });
            }
        }
        let is_complete =
            [Role::Text, Role::Date, Role::Title].iter().all(|role| !found.of_role(*role).is_empty());
        if !is_complete {
            found.add_nested(record, "", 1);
        }
        for candidates in &mut found.0 {
            candidates.sort_by_key(|candidate| candidate.rank);
        }
        found
    }

    /// The candidates of a role, best first.
    pub(crate) fn of_role(&self, role: Role) -> &[Candidate<'r, 'a>] {
        self.0.get(role as usize).map_or(&[], Vec::as_slice)
    }

    fn push(&mut self, role: Role, candidate: Candidate<'r, 'a>) {
        if let Some(candidates) = self.0.get_mut(role as usize) {
            candidates.push(candidate);
        }
    }

    fn add_nested(&mut self, record: &'r JsonObject<'a>, path: &str, depth: u16) {
        for (name, value) in record.iter() {
            let JsonValue::Object(object) = value else { continue };
            if !may_hold_fields(name) {
                continue;
            }
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            for (name, value) in object.iter() {
                if let Some((role, rank)) = role_of(name) {
                    let name = Cow::Owned(format!("{path}.{name}"));
                    self.push(role, Candidate { rank: rank + NESTED_RANK * depth, name, value });
                }
            }
            if depth < MAX_DEPTH {
                self.add_nested(object, &path, depth + 1);
            }
        }
    }
}
