//! The same person everywhere: as the page keeps the answers, as a file, as a link, and as the command reads them.

use super::command::run;
use super::people::{Random, anyone, rows};
use super::{BOOKS, compiled};
use rulebook::evaluate;
use rules::answers::Answers;
use rules::rulebook::Rulebook;
use session::{Session, link, text};

/// What the page would hold for these answers.
fn session(book: &Rulebook, answers: &Answers) -> Session {
    let mut session = Session::default();
    for (question, answer) in answers.iter() {
        let asked = &book[question];
        session.answers.insert(session::key(&book.cycle, &asked.id, asked.per_cycle), asked.write(answer));
    }
    for (moment, entered) in answers.iter_entered() {
        session.entered.insert([&*book.cycle, "/", &*book[moment].id].concat(), entered);
    }
    let cells = book.cells.iter().enumerate().filter(|(place, _)| answers.is_chosen(*place));
    let chosen: Vec<String> = cells.map(|(_, cell)| cell.id.to_string()).collect();
    if chosen.len() < book.cells.len() {
        session.cells.insert(book.cycle.to_string(), chosen);
    }
    session
}

#[test]
fn page_file_link_and_command_say_the_same() {
    for (folder, cycle, tables) in BOOKS {
        let book = compiled(folder, cycle);
        let mut random = Random(19);
        let known = rows(&book, tables);
        let made_up: Vec<_> = (0..300).map(|_| anyone(&book, &known, &mut random)).collect();
        for (_, answers) in known.iter().chain(&made_up) {
            let sent = session(&book, answers);
            let (from_page, refused) = sent.answers(&book);
            assert!(refused.answers.is_empty() && refused.dates.is_empty(), "{refused:?}");
            assert_eq!(&from_page, answers);
            // A file of what is kept.
            let kept = text::write(&sent);
            let from_kept = text::read(&kept);
            assert_eq!(
                (&from_kept.answers, &from_kept.entered, &from_kept.cells),
                (&sent.answers, &sent.entered, &sent.cells)
            );
            assert_eq!(evaluate::answers(&book, &kept).as_ref(), Ok(answers), "{kept}");
            // The same as TOML.
            let value: toml::Value = serde_json::from_str(&kept).expect("it is JSON");
            let file = toml::to_string(&value).expect("it is a table");
            assert_eq!(evaluate::answers(&book, &file).as_ref(), Ok(answers), "{file}");
            // A link, and a link of what came with it.
            let fragment = link::write(&sent);
            let linked = link::read(&fragment).expect("a link");
            assert_eq!(linked.missing, None, "{fragment}");
            assert_eq!(&linked.session.answers(&book).0, answers, "{fragment}");
            assert_eq!(link::write(&linked.session), fragment);
            assert_eq!(link::write(&from_kept), fragment);
        }
    }
}

/// Chat programs show longer links as files, or cut them.
#[test]
fn a_link_stays_under_700_characters() {
    for cycle in ["2022", "2027", "2028"] {
        let book = compiled("rulebooks", cycle);
        let longest =
            rows(&book, "tests/scenarios").iter().map(|(_, answers)| link::write(&session(&book, answers)).len()).max();
        let longest = longest.expect("there are scenarios");
        println!("{cycle}: {longest}");
        assert!((100..700).contains(&longest), "{cycle}: {longest}");
    }
}

#[test]
fn the_order_of_the_answers_changes_nothing() {
    let one = "status = \"citizen\"\naimg-status = \"eligible\"\nmmi = { planned = \"2026-12\" }\ndate.match-day-first = \"2027-03-02\"\n";
    let other = "[cycle.2027]\nmmi = { planned = 2026-12 }\n".replace("2026-12", "\"2026-12\"")
        + "date.match-day-first = 2027-03-02\naimg-status = \"eligible\"\n";
    let other = ["status = \"citizen\"\n", &*other].concat();
    let book = compiled("rulebooks", "2027");
    let link = |text: &str| link::write(&evaluate::session(&book, text).expect("answers"));
    assert_eq!(link(one), link(&other));
    assert!(link(one).starts_with("s2-4-"), "{}", link(one));
}

#[test]
fn the_command_prints_the_link_of_a_file() {
    let folder = std::env::temp_dir().join(format!("self-check-link-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    let good = file("good.toml", "status = \"citizen\"\naimg-status = \"eligible\"\n");
    let ran = run(&["link", "--cycle", "2027", &good]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let fragment = ran.out.trim_end().strip_prefix('#').expect("a fragment with its sign");
    let linked = link::read(fragment).expect("a link");
    assert_eq!((linked.missing, linked.session.answers.len()), (None, 2));
    // The text that the page keeps is a file as well.
    let kept = file("kept.json", &text::write(&linked.session));
    assert_eq!(run(&["link", "--cycle", "2027", &kept]).out, ran.out);
    let as_of = "2026-11-23T09:00-06:00";
    let evaluated = |file: &str| run(&["evaluate", "--cycle", "2027", "--as-of", as_of, file]).out;
    assert_eq!(evaluated(&kept), evaluated(&good));
    // What the site would not take is no link.
    let bad = file("bad.toml", "status = \"king\"\nmmi = 2.5\n[cycle.2027]\nstatus = \"citizen\"\n");
    let ran = run(&["link", "--cycle", "2027", &bad]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("\"mmi\": 2.5 is not an answer that any question takes"), "{}", ran.err);
    std::fs::remove_dir_all(folder).expect("the folder is ours");
}

#[test]
fn a_value_of_five_megabytes_is_not_echoed() {
    let book = compiled("rulebooks", "2027");
    let long = "x".repeat(100_000);
    for text in [
        format!("status = \"{long}\""),
        format!("{long} = 3"),
        format!("mmi = [[\"{long}\"]]"),
        format!("date.mmi-days = \"{long}\""),
    ] {
        let wrong = evaluate::answers(&book, &text).expect_err("it is refused").join("\n");
        assert!(wrong.len() < 600, "{} characters: {}", wrong.len(), &wrong[..200]);
    }
    let wrong = evaluate::answers(&book, &format!("status = \"{}\"", "x".repeat(5 << 20))).expect_err("it is refused");
    assert!(wrong.concat().len() < 200);
}
