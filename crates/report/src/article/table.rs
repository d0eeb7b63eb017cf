//! [`Table`]: the rows of tables of articles, statements and events, which CSV and Parquet have in common.
//!
//! New columns are appended, existing ones stay.

use detente::{Day, Error, Probability, Score, ScoredArticle, ScoredEvent, ScoredStatement};
use strum::{EnumString, VariantNames};

/// What a row of a table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase", parse_err_ty = Error, parse_err_fn = unknown_table)]
pub enum Table {
    /// An article with its outlook.
    Articles,
    /// A statement of an article.
    Statements,
    /// An event of a statement.
    Events,
}

/// Cell of a table; the cells of a column are of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text; empty if there is none.
    Text(Option<String>),
    /// Number; empty if there is none.
    Number(Option<f64>),
    /// Count, index or offset; empty if there is none.
    Count(Option<usize>),
    /// Yes or no.
    Flag(bool),
}

/// Names and cells of a row.
pub type Row = Vec<(String, Cell)>;

fn unknown_table(name: &str) -> Error {
    Error::argument("table", &format!("one of {}", Table::NAMES.join(", ")), name)
}

impl Table {
    /// The names, as on the command line.
    pub const NAMES: &'static [&'static str] = Self::VARIANTS;

    /// Returns the rows of an article.
    #[must_use]
    pub fn rows(self, article: &ScoredArticle) -> Vec<Row> {
        match self {
            Self::Articles => vec![article_row(article)],
            Self::Statements => article.statements.iter().map(|s| statement_row(article, s)).collect(),
            Self::Events => article
                .statements
                .iter()
                .flat_map(|statement| statement.events.iter().map(move |event| (statement, event)))
                .map(|(statement, event)| event_row(&article.id, article.date, Some((statement, event))))
                .collect(),
        }
    }

    /// Returns the rows of a record that was scored as a single statement: one row, or one for each event.
    #[must_use]
    pub fn rows_of_record(self, id: &str, statement: &ScoredStatement) -> Vec<Row> {
        match self {
            Self::Articles | Self::Statements => vec![record_row(id, statement)],
            Self::Events => {
                statement.events.iter().map(|event| event_row(id, None, Some((statement, event)))).collect()
            }
        }
    }

    /// Returns the columns of a table that may have no row, with empty cells; `None` if every record has one.
    #[must_use]
    pub fn columns(self) -> Option<Row> {
        (self == Self::Events).then(|| event_row("", None, None))
    }
}

impl Cell {
    /// Returns the cell as CSV writes it.
    #[must_use]
    pub fn to_csv(&self) -> String {
        match self {
            Self::Text(text) => text.clone().unwrap_or_default(),
            Self::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
            Self::Count(count) => count.map(|count| count.to_string()).unwrap_or_default(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

fn text(text: impl Into<Option<String>>) -> Cell {
    Cell::Text(text.into())
}

fn score(score: Option<Score>) -> Cell {
    Cell::Number(score.map(Score::get))
}

fn probability(probability: Option<Probability>) -> Cell {
    Cell::Number(probability.map(Probability::get))
}

/// Returns a row from names and cells.
fn row<const COLUMNS: usize>(cells: [(&str, Cell); COLUMNS]) -> Row {
    cells.into_iter().map(|(name, cell)| (name.to_owned(), cell)).collect()
}

fn article_row(a: &ScoredArticle) -> Row {
    let outlook = a.outlook.as_ref();
    let warnings: Vec<&str> = a.warnings.iter().map(|warning| warning.message.as_str()).collect();
    row([
        ("id", text(a.id.clone())),
        ("date", text(a.date.map(|day| day.to_string()))),
        ("title", text(a.title.clone())),
        ("model", text(a.model.clone())),
        ("score", score(outlook.map(|o| o.score))),
        ("low", score(outlook.map(|o| o.low))),
        ("high", score(outlook.map(|o| o.high))),
        ("coverage", probability(outlook.map(|o| o.coverage))),
        ("reading", text(outlook.map(|o| o.reading.to_string()))),
        ("hedge", probability(outlook.and_then(|o| o.hedge))),
        ("statements", Cell::Count(Some(a.statements.len()))),
        ("bearing", Cell::Count(Some(outlook.map_or(0, |o| o.bearing)))),
        ("reason", text(a.reason.clone())),
        ("warnings", text((!warnings.is_empty()).then(|| warnings.join("; ")))),
        ("source", text(a.source.clone())),
    ])
}

/// Returns the row of a record that was scored as a single statement, which always has a score.
fn record_row(id: &str, s: &ScoredStatement) -> Row {
    let mut cells = row([
        ("id", text(id.to_owned())),
        ("score", score(Some(s.score.unwrap_or_default()))),
        ("bearing", probability(s.bearing)),
        ("hedge", probability(s.hedge)),
        ("cues", text(cues(s))),
    ]);
    cells.extend(classes(s));
    cells
}

fn statement_row(article: &ScoredArticle, s: &ScoredStatement) -> Row {
    let [speaker, side, from, to] = who_and_when(Some(s));
    let mut cells = row([
        ("id", text(article.id.clone())),
        ("date", text(article.date.map(|day| day.to_string()))),
        ("statement", Cell::Count(Some(s.index))),
        ("start", Cell::Count(Some(s.span.start as usize))),
        ("end", Cell::Count(Some(s.span.end as usize))),
        ("text", text(s.text.clone())),
        ("score", score(s.score)),
        ("bearing", probability(s.bearing)),
        ("hedge", probability(s.hedge)),
        speaker,
        side,
        from,
        to,
        ("background", Cell::Flag(s.background)),
        ("clutter", Cell::Flag(s.clutter)),
        ("repeats", Cell::Count(s.repeats)),
        ("weight", Cell::Number(Some(s.weight))),
        ("contribution", Cell::Number(Some(s.contribution))),
        ("cues", text(cues(s))),
    ]);
    cells.extend(classes(s));
    cells
}

/// Returns the row of an event of a statement; with empty cells if there is none.
fn event_row(id: &str, date: Option<Day>, found: Option<(&ScoredStatement, &ScoredEvent)>) -> Row {
    let (statement, event) = found.unzip();
    let [speaker, side, from, to] = who_and_when(statement);
    row([
        ("id", text(id.to_owned())),
        ("date", text(date.map(|day| day.to_string()))),
        ("statement", Cell::Count(statement.map(|s| s.index))),
        ("start", Cell::Count(event.map(|event| event.span.start as usize))),
        ("end", Cell::Count(event.map(|event| event.span.end as usize))),
        ("predicate", text(event.map(|event| event.predicate.clone()))),
        ("lemma", text(event.map(|event| event.lemma.clone()))),
        ("object", text(event.and_then(|event| event.object.clone()))),
        ("agent", text(event.and_then(|event| event.agent.clone()))),
        ("state", text(event.map(|event| event.state.as_str().to_owned()))),
        ("value", Cell::Number(event.map(|event| event.value))),
        ("bearing", probability(statement.and_then(|s| s.bearing))),
        speaker,
        side,
        from,
        to,
    ])
}

/// Returns the cells of speaker, party and days.
fn who_and_when(statement: Option<&ScoredStatement>) -> [(&'static str, Cell); 4] {
    let speaker = statement.and_then(|s| s.speaker.as_ref());
    let when = statement.and_then(|s| s.when);
    [
        ("speaker", text(speaker.map(|speaker| speaker.name.clone()))),
        ("side", text(speaker.and_then(|speaker| speaker.side.clone()))),
        ("from", text(when.map(|when| when.from.to_string()))),
        ("to", text(when.map(|when| when.to.to_string()))),
    ]
}

/// Returns the cues of a statement with their kinds.
fn cues(s: &ScoredStatement) -> String {
    s.cues.iter().map(|cue| format!("{}: {}", cue.kind.as_str(), cue.text)).collect::<Vec<_>>().join("; ")
}

/// Returns the most probable class and the probability of each, if the model has classes.
fn classes(s: &ScoredStatement) -> Row {
    let (Some(label), Some(probabilities)) = (&s.label, &s.probabilities) else { return Row::new() };
    let of_class = |(class, p): (&String, &Probability)| (format!("p_{class}"), probability(Some(*p)));
    let mut cells = row([("label", text(label.clone()))]);
    cells.extend(probabilities.iter().map(of_class));
    cells
}

#[cfg(test)]
mod tests {
    use detente::{Article, Engine};

    use super::*;

    fn scored() -> ScoredArticle {
        let text = "The union refused to walk out of the talks, Ada Brenn said. The bakery opens at seven.";
        Engine::builtin().expect("the model").score(&Article::new("note", text))
    }

    fn cell<'r>(row: &'r Row, name: &str) -> &'r Cell {
        &row.iter().find(|(column, _)| column == name).expect("a column").1
    }

    #[test]
    fn each_table_has_its_rows() {
        let scored = scored();
        assert_eq!(Table::Articles.rows(&scored).len(), 1);
        let statements = Table::Statements.rows(&scored);
        assert_eq!(statements.len(), 2);
        assert_eq!(cell(&statements[0], "speaker").to_csv(), "Ada Brenn");
        assert_eq!(cell(&statements[1], "score"), &Cell::Number(None), "no bearing");
        let events = Table::Events.rows(&scored);
        let walkout = events.iter().find(|row| cell(row, "predicate").to_csv() == "WITHDRAW").expect("one");
        assert_eq!(cell(walkout, "object").to_csv(), "TALKS");
        assert_eq!(cell(walkout, "state").to_csv(), "negated");
        assert_eq!(cell(walkout, "statement"), &Cell::Count(Some(0)));
    }

    #[test]
    fn all_rows_of_a_table_have_the_same_columns() {
        let names = |row: &Row| row.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let scored = scored();
        for table in [Table::Statements, Table::Events] {
            let rows = table.rows(&scored);
            assert!(rows.windows(2).all(|pair| names(&pair[0]) == names(&pair[1])));
        }
        let columns = Table::Events.columns().expect("columns");
        assert_eq!(names(&columns), names(&Table::Events.rows(&scored)[0]));
    }

    #[test]
    fn an_unknown_table_is_an_error_with_the_names() {
        let error = "words".parse::<Table>().expect_err("no table").to_string();
        assert!(error.contains("articles, statements, events"), "{error}");
    }
}
