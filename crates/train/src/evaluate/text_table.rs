//! Plain text tables.

use crate::evaluate::reliability::ReliabilityBin;

/// Aligns cells in columns: the first column to the left, the others to the right, two spaces between them.
pub(crate) fn text_table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|at| width(at).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width - cell.chars().count());
            line.extend(if at == 0 { [cell.as_str(), &pad, ""] } else { ["  ", &pad, cell.as_str()] });
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The rows of a reliability table, with a header.
pub(crate) fn reliability_rows(bins: &[ReliabilityBin]) -> Vec<Vec<String>> {
    let mut rows = vec![["from", "n", "predicted", "observed"].map(String::from).to_vec()];
    for bin in bins {
        let mut row = vec![format!("{:.1}", bin.from), bin.n.to_string()];
        row.extend([bin.predicted, bin.observed].map(|v| format!("{v:.3}")));
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_aligned() {
        let rows = [vec!["a".to_owned(), "1.25".to_owned()], vec!["long".to_owned(), "2".to_owned()]];
        assert_eq!(super::text_table(&rows), "a     1.25\nlong     2\n");
    }
}
