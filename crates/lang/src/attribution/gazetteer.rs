//! Countries and bodies by every name that the news gives them, as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The table, `data/gazetteer.tsv`.
const TABLE: &str = include_str!("../../../../data/gazetteer.tsv");

/// The names of each country or body, by its plain name.
///
/// The first name is the plain one; other names, demonyms, capitals and
/// institutions follow.
pub(crate) fn countries() -> &'static BTreeMap<String, Vec<String>> {
    static COUNTRIES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        rows.filter_map(|row| {
            let mut fields = row.split('\t');
            let name = fields.next()?.to_owned();
            let others = fields.flat_map(|field| field.split('|')).filter(|n| !n.is_empty());
            let names = std::iter::once(name.clone()).chain(others.map(str::to_owned)).collect();
            Some((name, names))
        })
        .collect()
    });
    &COUNTRIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_canonical_order() {
        let mut canonical: Vec<String> = TABLE.lines().take(4).map(str::to_owned).collect();
        let mut rows: Vec<String> = TABLE
            .lines()
            .skip(4)
            .map(|row| {
                let fields: Vec<String> = row
                    .split('\t')
                    .map(|field| {
                        let mut list: Vec<&str> = field.split('|').collect();
                        list.sort_unstable();
                        list.dedup();
                        list.join("|")
                    })
                    .collect();
                assert_eq!(fields.len(), 5, "{row}");
                fields.join("\t")
            })
            .collect();
        rows.sort_by(|a, b| a.split('\t').next().cmp(&b.split('\t').next()));
        canonical.extend(rows);
        assert_eq!(TABLE, canonical.join("\n") + "\n");
    }

    #[test]
    fn no_name_belongs_to_two() {
        let mut owner = BTreeMap::new();
        for (country, names) in countries() {
            for name in names {
                if let Some(other) = owner.insert(name.clone(), country.clone()) {
                    assert!(&other == country, "{name}: {other} and {country}");
                }
            }
        }
        assert!(countries().len() > 190);
    }
}
