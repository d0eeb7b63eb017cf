//! The program's command lines as files: arguments, exit code, stdout and stderr. Scores are left
//! open (`[..]`), so that a new model does not change them.

#[test]
fn command_lines_do_what_their_files_say() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
