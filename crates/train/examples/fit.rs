//! Fits one logistic head to records in svmlight format and prints seconds, objective and Newton steps;
//! `benches/peers/training.py` compares it with LIBLINEAR.
//!
//!     fit FILE WIDTH L2 TOLERANCE
//!
//! A line of FILE is a label, 1 or -1, followed by column:value pairs; columns are counted from 0.
#![expect(clippy::print_stdout, reason = "it prints its measurements")]

use std::time::Instant;

use detente_train::{Loss, SolverParams, SparseMatrixBuilder};
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, width, l2, tolerance] = &args[..] else { return Err("fit FILE WIDTH L2 TOLERANCE".into()) };
    let (mut rows, mut labels) = (SparseMatrixBuilder::default(), Vec::new());
    for line in std::fs::read_to_string(file)?.lines() {
        let mut fields = line.split(' ');
        labels.push(f64::from(u8::from(fields.next() == Some("1"))));
        let entry = |field: &str| -> Option<(u32, f32)> {
            let (column, value) = field.split_once(':')?;
            Some((column.parse().ok()?, value.parse().ok()?))
        };
        rows.push(fields.map(entry).collect::<Option<Vec<_>>>().ok_or("expected column:value")?);
    }
    let data = DatasetBase::new(rows.build(width.parse()?), Array1::from(labels));
    let params = SolverParams::new(Loss::Logistic).l2(l2.parse()?).tolerance(tolerance.parse()?).check()?;
    let start = Instant::now();
    let head = params.fit(&data)?;
    println!("{} {} {}", start.elapsed().as_secs_f64(), head.objective, head.steps);
    Ok(())
}
