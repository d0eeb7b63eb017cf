//! The program's command lines as files: arguments, exit code, stdout and stderr. Scores are left
//! open (`[..]`), so that a new model does not change them.

#[test]
fn command_lines_do_what_their_files_say() {
    std::env::set_current_dir("../..").expect("the repository");
    trycmd::TestCases::new().case("crates/cli/tests/cmd/*.trycmd");
}
