//! Words of the answers page.

#[derive(Debug)]
pub struct Answers {
    pub title: &'static str,
    pub lead: &'static str,
    pub empty: &'static str,
    pub start: &'static str,
    pub go_on: &'static str,
    pub see_result: &'static str,
    pub answered: &'static str,
    pub answered_why: &'static str,
    pub open: &'static str,
    pub open_why: &'static str,
    pub set_aside: &'static str,
    pub set_aside_why: &'static str,
    pub find_out: &'static str,
    pub find_out_why: &'static str,
    pub positions: &'static str,
    pub all_positions: &'static str,
    pub change_positions: &'static str,
    pub send: &'static str,
    pub send_why: &'static str,
    pub send_hint: &'static str,
    pub copy_link: &'static str,
}

pub const EN: Answers = Answers {
    title: "Your answers",
    lead: "You can change any answer. The others stay.",
    empty: "You have not answered a question yet.",
    start: "Start with the first question",
    go_on: "Continue with the next question",
    see_result: "See your result",
    answered: "Answered",
    answered_why: "These are used for your result.",
    open: "Skipped or not known",
    open_why: "You can come back to these at any time.",
    set_aside: "Set aside",
    set_aside_why: "Because of your other answers, these do not count. They are kept, but not used.",
    find_out: "Things to find out",
    find_out_why: "You said that you do not know these. This is where you usually find the answer.",
    positions: "Positions that interest you",
    all_positions: "All of them",
    change_positions: "Choose positions",
    send: "Send your answers to someone",
    send_why: "This link opens your result on another device. It holds your answers, the dates that you entered, the \
        positions you chose, and how far you are with each paper. It does not hold your notes, or your name.",
    send_hint: "Anyone who has the link can read these answers. Send it to people you trust, with no other text in the \
        message.",
    copy_link: "Copy the link",
};
