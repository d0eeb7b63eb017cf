//! [`Sparse`]: the records of a training set, rows of (column, value), by rows and by columns.

use linfa::dataset::Records;
use rayon::prelude::*;

/// A sparse matrix that is stored by rows and by columns, so that both products run
/// in parallel and sum in a fixed order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparse {
    rows: Half,
    columns: Half,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Half {
    ends: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl Half {
    fn line(&self, number: usize) -> &[(u32, f32)] {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.entries[start..self.ends[number]]
    }

    fn dot(&self, number: usize, with: &[f64]) -> f64 {
        self.line(number).iter().map(|(at, value)| f64::from(*value) * with[*at as usize]).sum()
    }
}

/// Collects the rows of a [`Sparse`].
#[derive(Debug, Default)]
pub struct SparseBuilder {
    rows: Half,
}

impl SparseBuilder {
    /// Appends a row; entries may stand in any order.
    pub fn push(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        self.rows.entries.extend(row);
        self.rows.ends.push(self.rows.entries.len());
    }

    /// The matrix with that many columns; entries beyond are dropped.
    #[must_use]
    pub fn build(self, width: usize) -> Sparse {
        let rows = self.rows;
        let mut starts = vec![0_usize; width + 1];
        for (column, _) in &rows.entries {
            if let Some(count) = starts.get_mut(*column as usize + 1) {
                *count += 1;
            }
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); *starts.last().unwrap_or(&0)];
        for number in 0..rows.ends.len() {
            for (column, value) in rows.line(number) {
                if (*column as usize) < width {
                    let slot = &mut next[*column as usize];
                    entries[*slot] = (number as u32, *value);
                    *slot += 1;
                }
            }
        }
        Sparse { rows, columns: Half { ends: starts.split_off(1), entries } }
    }
}

impl Sparse {
    /// Number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.ends.len()
    }

    /// Number of columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.columns.ends.len()
    }

    /// The entries of a row.
    #[must_use]
    pub fn row(&self, number: usize) -> &[(u32, f32)] {
        self.rows.line(number)
    }

    /// The matrix of some of the rows, in the order given.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        let mut builder = SparseBuilder::default();
        for row in rows {
            builder.push(self.row(*row).iter().copied());
        }
        builder.build(self.width())
    }

    /// `X · weights`.
    #[must_use]
    pub fn times(&self, weights: &[f64]) -> Vec<f64> {
        (0..self.height()).into_par_iter().with_min_len(256).map(|row| self.rows.dot(row, weights)).collect()
    }

    /// `Xᵀ · factors`.
    #[must_use]
    pub fn transposed_times(&self, factors: &[f64]) -> Vec<f64> {
        (0..self.width())
            .into_par_iter()
            .with_min_len(1024)
            .map(|column| self.columns.dot(column, factors))
            .collect()
    }

    /// For every column the sum of `factor · value²`.
    #[must_use]
    pub fn squares(&self, factors: &[f64]) -> Vec<f64> {
        let sum = |column: usize| {
            self.columns
                .line(column)
                .iter()
                .map(|(row, v)| f64::from(*v).powi(2) * factors[*row as usize])
                .sum()
        };
        (0..self.width()).into_par_iter().with_min_len(1024).map(sum).collect()
    }
}

impl Records for Sparse {
    type Elem = f64;

    fn nsamples(&self) -> usize {
        self.height()
    }

    fn nfeatures(&self) -> usize {
        self.width()
    }
}
