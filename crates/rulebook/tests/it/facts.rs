//! The table of what became of the facts: every gap is named.

use crate::command::run;
use crate::common::changed_copy;

#[test]
fn a_fact_is_used_or_left_out_for_a_reason() {
    // What is changed in the table, and what the check says of it.
    let rows = [
        ("  \"more:N-33\",\n", "", "\"more:N-33\": is cited, and not in the table; add it to `used`"),
        (
            "\"more:N-46\" =",
            "\"more:N-30\" =",
            "\"more:N-30\": stands in `used` and in `unused`; take one out\n\
             \"more:N-30\": is left out, but something cites it; move it to `used`",
        ),
        (
            "  \"more:N-33\",\n",
            "  \"more:N-33\",\n  \"more:N-99\",\n",
            "\"more:N-99\": nothing cites it in `facts`; use it, or move it to `unused` with the reason",
        ),
        ("\"Only headings could be read.\"", "\" \"", "\"more:N-46\": is left out for no reason; say why"),
        ("[unused]", "[unused", "unclosed table, expected `]`"),
    ];
    for (number, (from, to, said)) in rows.into_iter().enumerate() {
        let folder = changed_copy("rulebooks", &format!("facts-{number}"), &[("facts.toml", from, to)]);
        let ran = run(&["--rulebooks", &folder.to_string_lossy(), "check"]);
        assert_eq!(ran.status, Some(1), "{to:?}: {}", ran.out);
        let at_the_table = ran.err.lines().filter(|line| line.starts_with("facts.toml"));
        let told = at_the_table.collect::<Vec<_>>().join("\n");
        assert!(said.lines().all(|line| told.contains(line)), "{to:?}: {told}");
    }
}
