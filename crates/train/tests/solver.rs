//! The solver against linfa's dense estimators, and properties of its solutions.

use detente_train::{LinearHead, Loss, SolverParams, SparseMatrix, SparseMatrixBuilder};
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2, Axis};

/// Pseudo-random numbers in -0.5..0.5, the same on every machine.
fn noise(seed: usize) -> f64 {
    ((seed as f64 + 1.0) * 12.9898).sin().mul_add(43758.5453, 0.0).rem_euclid(1.0) - 0.5
}

fn dense(rows: usize, columns: usize) -> Array2<f64> {
    Array2::from_shape_fn((rows, columns), |(i, j)| (2.0 * noise(i * columns + j) * 1024.0).round() / 1024.0)
}

fn sparse(x: &Array2<f64>) -> SparseMatrix {
    let mut builder = SparseMatrixBuilder::default();
    for row in x.rows() {
        builder.push(row.iter().enumerate().map(|(at, v)| (at as u32, *v as f32)));
    }
    builder.build(x.ncols())
}

fn signal(x: &Array2<f64>) -> Array1<f64> {
    x.rows().into_iter().enumerate().map(|(i, r)| 1.5 * r[0] - r[1] + 0.3 + 0.4 * noise(7 * i + 3)).collect()
}

fn fit(params: SolverParams, x: &Array2<f64>, y: &Array1<f64>) -> LinearHead {
    let data = DatasetBase::new(sparse(x), y.clone());
    let head = params.tolerance(1e-9).check().expect("settings").fit(&data).expect("fits");
    assert!(head.converged, "{:?} after {} steps", head.loss, head.steps);
    head
}

fn assert_close(a: &[f64], b: impl IntoIterator<Item = f64>, what: &str) {
    let b: Vec<f64> = b.into_iter().collect();
    assert_eq!(a.len(), b.len(), "{what}");
    for (a, b) in a.iter().zip(&b) {
        assert!((a - b).abs() < 1e-4, "{what}: {a} against {b}");
    }
}

#[test]
fn logistic_equals_linfa_logistic() {
    let x = dense(200, 5);
    let y = signal(&x);
    let classes = y.mapv(|v| usize::from(v > 0.2));
    let ours = fit(SolverParams::new(Loss::Logistic).l2(0.7), &x, &classes.mapv(|c| c as f64));
    let theirs = linfa_logistic::LogisticRegression::default()
        .alpha(0.7)
        .gradient_tolerance(1e-9)
        .max_iterations(1000)
        .fit(&linfa::Dataset::new(x, classes))
        .expect("fits");
    // linfa numbers classes in order of appearance
    let sign = if theirs.labels().pos.class == 1 { 1.0 } else { -1.0 };
    assert_close(&ours.weights, theirs.params().iter().map(|w| sign * w), "weights");
    assert_close(&ours.offsets, [sign * theirs.intercept()], "intercept");
}

#[test]
fn multinomial_equals_linfa_logistic() {
    let x = dense(240, 4);
    let classes = signal(&x).mapv(|v| if v < -0.4 { 0 } else { usize::from(v > 0.8) + 1 });
    let ours = fit(
        SolverParams::new(Loss::Multinomial { classes: 3 }).l2(0.5),
        &x,
        &classes.mapv(|c: usize| c as f64),
    );
    let theirs = linfa_logistic::MultiLogisticRegression::default()
        .alpha(0.5)
        .gradient_tolerance(1e-9)
        .max_iterations(2000)
        .fit(&linfa::Dataset::new(x.clone(), classes.clone()))
        .expect("fits");
    for class in 0..3 {
        let at = theirs.classes().iter().position(|c| *c == class).expect("a class");
        assert_close(
            &ours.weights[4 * class..4 * (class + 1)],
            theirs.params().column(at).to_vec(),
            "weights",
        );
    }
    // intercepts are determined up to a constant, so probabilities are compared
    let p = theirs.predict_probabilities(&x);
    let order: Vec<usize> =
        (0..3).map(|c| theirs.classes().iter().position(|d| *d == c).expect("a class")).collect();
    assert_close(ours.probabilities(&sparse(&x)).as_slice().expect("rows"), p.select(Axis(1), &order), "p");
    let hits = ours.predict(&sparse(&x)).iter().zip(&classes).filter(|(a, b)| **a == **b as f64).count();
    assert!(hits > 170, "{hits}");
}

#[test]
fn squared_equals_linfa_linear_and_linfa_elasticnet() {
    let mut x = dense(150, 6);
    // linfa's elastic net does not centre the records, so both get records of mean 0
    let means = x.mean_axis(Axis(0)).expect("rows");
    x -= &means;
    let x = x.mapv(|v| f64::from(v as f32));
    let y = signal(&x);
    let n = x.nrows() as f64;
    let least = linfa_linear::LinearRegression::default()
        .fit(&linfa::Dataset::new(x.clone(), y.clone()))
        .expect("fits");
    let ours = fit(SolverParams::new(Loss::Squared).l2(1e-9), &x, &y);
    assert_close(&ours.weights, least.params().to_vec(), "least squares");
    assert_close(&ours.offsets, [least.intercept()], "intercept");
    for (ratio, penalty) in [(0.0, 0.1), (0.5, 0.1), (1.0, 0.05), (1.0, 0.3)] {
        let theirs = linfa_elasticnet::ElasticNet::params()
            .l1_ratio(ratio)
            .penalty(penalty)
            .tolerance(1e-12)
            .max_iterations(10_000)
            .fit(&linfa::Dataset::new(x.clone(), y.clone()))
            .expect("fits");
        let params = SolverParams::new(Loss::Squared).l2(n * penalty * (1.0 - ratio)).l1(n * penalty * ratio);
        let ours = fit(params, &x, &y);
        assert_close(&ours.weights, theirs.hyperplane().to_vec(), "elastic net");
        assert_close(&ours.offsets, [theirs.intercept()], "intercept");
        let zeros = |w: &[f64]| w.iter().filter(|w| **w == 0.0).count();
        assert_eq!(zeros(&ours.weights), zeros(&theirs.hyperplane().to_vec()), "{ratio} {penalty}");
    }
}

#[test]
fn ordinal_of_two_levels_equals_logistic() {
    let x = dense(180, 4);
    let y = signal(&x).mapv(|v| f64::from(u8::from(v > 0.3)));
    let logistic = fit(SolverParams::new(Loss::Logistic).l2(0.4), &x, &y);
    let ordinal = fit(SolverParams::new(Loss::Ordinal { levels: 2 }).l2(0.4), &x, &y);
    assert_close(&ordinal.weights, logistic.weights.clone(), "weights");
    assert_close(&ordinal.offsets, [-logistic.intercept()], "threshold");
}

#[test]
fn ordinal_recovers_the_order_of_the_levels() {
    let x = dense(600, 5);
    let y = signal(&x).mapv(|v| (v.round() + 2.0).clamp(0.0, 4.0));
    for l1 in [0.0, 2.0] {
        let head = fit(SolverParams::new(Loss::Ordinal { levels: 5 }).l2(0.3).l1(l1), &x, &y);
        assert!(head.offsets.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", head.offsets);
        assert!(head.weights[0] > 1.0 && head.weights[1] < -1.0, "{:?}", head.weights);
        let expected = head.predict(&sparse(&x));
        let error = expected.iter().zip(&y).map(|(a, b)| (a - b).abs()).sum::<f64>() / 600.0;
        assert!(error < 0.4, "{error}");
    }
}

#[test]
fn weight_two_equals_a_repeated_record() {
    let x = dense(90, 3);
    let y = signal(&x).mapv(|v| f64::from(u8::from(v > 0.2)));
    let twice = y.iter().enumerate().filter(|(_, y)| **y == 1.0).map(|(at, _)| at);
    let order: Vec<usize> = (0..90).chain(twice).collect();
    let long = fit(SolverParams::new(Loss::Logistic), &x.select(Axis(0), &order), &y.select(Axis(0), &order));
    let by_class = fit(SolverParams::new(Loss::Logistic).class_weights(vec![1.0, 2.0]), &x, &y);
    assert_close(&by_class.weights, long.weights.clone(), "class weights");
    let weights = y.mapv(|y| y as f32 + 1.0);
    let data = DatasetBase::new(sparse(&x), y).with_weights(weights);
    let params = SolverParams::new(Loss::Logistic).tolerance(1e-9);
    let by_record = params.check().expect("settings").fit(&data).expect("fits");
    assert_close(&by_record.weights, long.weights, "record weights");
}

#[test]
fn strong_penalty_keeps_the_prior_and_warm_start_reaches_the_same_solution() {
    let x = dense(60, 4);
    let y = signal(&x);
    let prior = vec![0.5, 0.5, 0.0, -0.25];
    for l1 in [0.0, 1.0] {
        let params = || SolverParams::new(Loss::Squared).l1(l1).l2(2.0).prior(prior.clone());
        let penalised = fit(params(), &x, &y);
        let held = fit(params().l2(1e9), &x, &y);
        assert_close(&held.weights, prior.clone(), "strong penalty");
        let warm = fit(params().warm_start(&penalised), &x, &y);
        assert_close(&warm.weights, penalised.weights.clone(), "warm");
        assert!(warm.steps <= penalised.steps && warm.steps <= 1, "{}", warm.steps);
        assert!(held.weights != penalised.weights);
    }
}

#[test]
fn thread_count_does_not_change_the_bits() {
    let x = dense(3000, 40);
    let y = signal(&x).mapv(|v| (v.round() + 2.0).clamp(0.0, 4.0));
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let losses = [Loss::Squared, Loss::Ordinal { levels: 5 }, Loss::Multinomial { classes: 5 }];
            losses.map(|loss| fit(SolverParams::new(loss).l1(0.5), &x, &y))
        })
    };
    assert!(run(1) == run(3));
}

#[test]
fn invalid_settings_and_targets_are_named() {
    let x = sparse(&dense(3, 2));
    let data = |y: Vec<f64>| DatasetBase::new(x.clone(), Array1::from(y));
    let assert_refused = |params: SolverParams, y: Vec<f64>, word: &str| {
        let error = params.check().and_then(|valid| Ok(valid.fit(&data(y))?)).expect_err(word).to_string();
        assert!(error.contains(word), "{error}");
    };
    let new = SolverParams::new;
    assert_refused(new(Loss::Squared).l2(0.0), vec![0.0; 3], "l2");
    assert_refused(new(Loss::Squared).l1(-1.0), vec![0.0; 3], "l1");
    assert_refused(new(Loss::Squared).tolerance(2.0), vec![0.0; 3], "tolerance");
    assert_refused(new(Loss::Squared).prior(vec![1.0]), vec![0.0; 3], "prior");
    assert_refused(new(Loss::Squared), vec![0.0; 2], "targets");
    assert_refused(new(Loss::Squared), vec![0.0, f64::NAN, 1.0], "finite");
    assert_refused(new(Loss::Logistic), vec![0.0, 1.5, 1.0], "1.5");
    assert_refused(new(Loss::Logistic).class_weights(vec![1.0]), vec![0.0; 3], "class_weights");
    assert_refused(new(Loss::Ordinal { levels: 3 }), vec![0.0, 3.0, 1.0], "3.0");
    assert_refused(new(Loss::Multinomial { classes: 1 }), vec![0.0; 3], "classes");
}
