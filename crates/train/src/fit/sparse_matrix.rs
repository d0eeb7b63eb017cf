//! [`SparseMatrix`]: the records of a training set.

use linfa::dataset::Records;
use rayon::prelude::*;

/// Rows of a product that one task computes at least.
const MIN_ROWS: usize = 256;
/// Columns of a product that one task computes at least.
const MIN_COLUMNS: usize = 1024;

/// Sparse matrix stored by rows and by columns, so that products with it and with its transpose run in
/// parallel and sum in a fixed order.
///
/// ```
/// use detente_train::SparseMatrixBuilder;
/// let mut rows = SparseMatrixBuilder::default();
/// rows.push([(0, 1.0), (2, 3.0)]);
/// rows.push([]);
/// let matrix = rows.build(3);
/// assert_eq!((matrix.height(), matrix.width()), (2, 3));
/// assert_eq!(matrix.times(&[1.0, 0.0, 2.0], 1), [7.0, 0.0]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseMatrix {
    rows: CompressedLines,
    columns: CompressedLines,
}

/// Rows or columns in compressed form: the entries of all lines, and where each line ends.
#[derive(Clone, Debug, Default, PartialEq)]
struct CompressedLines {
    ends: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl CompressedLines {
    fn line(&self, number: usize) -> &[(u32, f32)] {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.entries[start..self.ends[number]]
    }

    fn dot(&self, number: usize, vector: &[f64]) -> f64 {
        self.line(number).iter().map(|(at, value)| f64::from(*value) * vector[*at as usize]).sum()
    }
}

/// Collects the rows of a [`SparseMatrix`].
#[derive(Debug, Default)]
pub struct SparseMatrixBuilder {
    rows: CompressedLines,
}

impl SparseMatrixBuilder {
    /// Appends a row of (column, value); the order of the entries does not matter.
    pub fn push(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        self.rows.entries.extend(row);
        self.rows.ends.push(self.rows.entries.len());
    }

    /// The matrix of the rows, with `width` columns; entries in other columns are dropped.
    #[must_use]
    pub fn build(self, width: usize) -> SparseMatrix {
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
        SparseMatrix { rows, columns: CompressedLines { ends: starts.split_off(1), entries } }
    }
}

impl SparseMatrix {
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

    /// Entries of a row as (column, value).
    #[must_use]
    pub fn row(&self, number: usize) -> &[(u32, f32)] {
        self.rows.line(number)
    }

    /// The matrix of the given rows in the given order.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        let mut builder = SparseMatrixBuilder::default();
        for row in rows {
            builder.push(self.row(*row).iter().copied());
        }
        builder.build(self.width())
    }

    /// `X · w` for each of `outputs` weight vectors, which follow each other in `weights`. The results of a
    /// row are adjacent.
    #[must_use]
    pub fn times(&self, weights: &[f64], outputs: usize) -> Vec<f64> {
        let mut products = vec![0.0; outputs * self.height()];
        let fill = |(row, products): (usize, &mut [f64])| {
            for (product, vector) in products.iter_mut().zip(weights.chunks(self.width().max(1))) {
                *product = self.rows.dot(row, vector);
            }
        };
        products.par_chunks_mut(outputs.max(1)).with_min_len(MIN_ROWS).enumerate().for_each(fill);
        products
    }

    /// `Xᵀ · v` for each of `outputs` vectors, whose values for a row are adjacent in `values`. The results
    /// follow each other.
    pub(crate) fn transposed_times(&self, values: &[f64], outputs: usize) -> Vec<f64> {
        self.sum_columns(outputs, |output, row, entry| entry * values[row * outputs + output])
    }

    /// As [`transposed_times`](Self::transposed_times) of the matrix with squared entries.
    pub(crate) fn transposed_squares_times(&self, values: &[f64], outputs: usize) -> Vec<f64> {
        self.sum_columns(outputs, |output, row, entry| entry * entry * values[row * outputs + output])
    }

    /// Sums `term` of (output, row, entry) over the entries of every column, output after output.
    fn sum_columns(&self, outputs: usize, term: impl Fn(usize, usize, f64) -> f64 + Sync) -> Vec<f64> {
        let width = self.width();
        let sum = |at: usize| {
            let (output, column) = (at / width, at % width);
            self.columns.line(column).iter().map(|(row, v)| term(output, *row as usize, f64::from(*v))).sum()
        };
        (0..outputs * width).into_par_iter().with_min_len(MIN_COLUMNS).map(sum).collect()
    }
}

impl Records for SparseMatrix {
    type Elem = f64;

    fn nsamples(&self) -> usize {
        self.height()
    }

    fn nfeatures(&self) -> usize {
        self.width()
    }
}
