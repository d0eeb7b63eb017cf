//! Command lines in `cmd/*.trycmd`: arguments, exit code, stdout and stderr. Scores are `[..]`, so a new model does
//! not change these files.

#[test]
fn command_lines_match_their_files() {
    std::env::set_current_dir("../..").expect("the repository");
    trycmd::TestCases::new().case("crates/cli/tests/cmd/*.trycmd");
}
