//! [`SparseMatrix`]: the records of a training set, rows of (column, value), by rows and by columns.

use linfa::dataset::Records;

use rayon::prelude::*;

/// A sparse matrix that is stored by rows and by columns, so that both products run
/// in parallel and sum in a fixed order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseMatrix {
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

/// Collects the rows of a [`SparseMatrix`].
#[derive(Debug, Default)]
pub struct SparseMatrixBuilder {
    rows: Half,
}

impl SparseMatrixBuilder {
    /// Appends a row; entries may stand in any order.
    pub fn push(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        self.rows.entries.extend(row);
        self.rows.ends.push(self.rows.entries.len());
    }

    /// The matrix with that many columns; entries beyond are dropped.
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
        SparseMatrix { rows, columns: Half { ends: starts.split_off(1), entries } }
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

    /// The entries of a row.
    #[must_use]
    pub fn row(&self, number: usize) -> &[(u32, f32)] {
        self.rows.line(number)
    }

    /// The matrix of some of the rows, in the order given.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        let mut builder = SparseMatrixBuilder::default();
        for row in rows {
            builder.push(self.row(*row).iter().copied());
        }
        builder.build(self.width())
    }

    /// `X · weights` for every plane of weights, the planes of a row beside each other.
    #[must_use]
    pub fn times(&self, weights: &[f64], planes: usize) -> Vec<f64> {
        let mut out = vec![0.0; planes * self.height()];
        let fill = |(row, out): (usize, &mut [f64])| {
            for (out, plane) in out.iter_mut().zip(weights.chunks(self.width().max(1))) {
                *out = self.rows.dot(row, plane);
            }
        };
        out.par_chunks_mut(planes.max(1)).with_min_len(256).enumerate().for_each(fill);
        out
    }

    /// `Xᵀ · factors`, plane after plane; the factors of a row stand beside each other.
    #[must_use]
    pub fn transposed_times(&self, factors: &[f64], planes: usize) -> Vec<f64> {
        self.by_column(planes, |plane, row, value| value * factors[row * planes + plane])
    }

    /// For every plane and column the sum of `factor · value²`.
    #[must_use]
    pub fn squares(&self, factors: &[f64], planes: usize) -> Vec<f64> {
        self.by_column(planes, |plane, row, value| value * value * factors[row * planes + plane])
    }

    /// Sums `each` over the entries of every column, plane after plane.
    fn by_column(&self, planes: usize, each: impl Fn(usize, usize, f64) -> f64 + Sync) -> Vec<f64> {
        let width = self.width();
        let sum = |at: usize| {
            let (plane, column) = (at / width, at % width);
            self.columns.line(column).iter().map(|(row, v)| each(plane, *row as usize, f64::from(*v))).sum()
        };
        (0..planes * width).into_par_iter().with_min_len(1024).map(sum).collect()
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
