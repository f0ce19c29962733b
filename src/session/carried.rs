//! The answers with which a page is loaded anew, whatever ended the one before.

use super::link::{self, Linked, Missing};
use super::{Keeping, Session, text};

/// Whose answers these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person's own, and whether they are to be kept.
    Own(Keeping),
    /// Those of a link.
    Linked,
    /// Those of a link of which something is missing.
    PartlyLinked,
}

const WHOSE: [(Whose, &str); 5] = [
    (Whose::Own(Keeping::NotAsked), "own"),
    (Whose::Own(Keeping::No), "own-not-kept"),
    (Whose::Own(Keeping::Shared), "own-shared"),
    (Whose::Linked, "linked"),
    (Whose::PartlyLinked, "partly-linked"),
];

/// Answers on their way from one page to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    pub whose: Whose,
    pub session: Session,
}

impl Carried {
    /// What is carried while `session` is on show and, if that is a link's, `own` is the person's own.
    ///
    /// One's own answers come first, unless they are kept or there are none: a link can be opened again.
    #[must_use]
    pub fn of(session: &Session, own: Option<&Session>, is_partial: bool) -> Carried {
        let (whose, session) = match own {
            None => (Whose::Own(session.keeping), session),
            Some(own) if own.keeping != Keeping::Yes && !own.is_empty() => (Whose::Own(own.keeping), own),
            Some(_) if is_partial => (Whose::PartlyLinked, session),
            Some(_) => (Whose::Linked, session),
        };
        Carried { whose, session: session.clone() }
    }

    /// What a link has brought, before anybody has looked at it.
    #[must_use]
    pub fn from_link(linked: &Linked) -> Carried {
        let whose = if linked.missing.is_some() { Whose::PartlyLinked } else { Whose::Linked };
        Carried { whose, session: linked.session.clone() }
    }

    /// The same as of a link. How much was sent is no longer known.
    #[must_use]
    pub fn linked(self) -> Linked {
        let missing = (self.whose == Whose::PartlyLinked).then(|| Missing { came: self.session.entries(), of: None });
        Linked { session: self.session, missing }
    }

    /// Reads it as the history holds it: a word, then the answers as text or, from an older program, as a link's fragment.
    #[must_use]
    pub fn read(state: &str) -> Option<Carried> {
        let (word, answers) = state.split_once(' ')?;
        let (whose, _) = WHOSE.iter().find(|(_, known)| *known == word)?;
        let session = match link::read_own(answers) {
            Some(linked) => linked.session,
            None if answers.starts_with('{') => text::read(answers),
            None => return None,
        };
        Some(Carried { whose: *whose, session })
    }

    /// As the history holds it; nothing when there are no answers.
    #[must_use]
    pub fn write(&self) -> Option<String> {
        let word = WHOSE.iter().find(|(whose, _)| *whose == self.whose).map_or("own", |(_, word)| word);
        (!self.session.is_empty()).then(|| [word, " ", &text::write(&self.session)].concat())
    }

    /// The link with these answers; empty when there are none.
    #[must_use]
    pub fn fragment(&self) -> String {
        if self.session.is_empty() { String::new() } else { link::write(&self.session) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(session: &str, own: Option<(&str, Keeping)>, written: Option<&str>) {
        let session = text::read(session);
        let own = own.map(|(own, keeping)| Session { keeping, ..text::read(own) });
        let carried = Carried::of(&session, own.as_ref(), false);
        assert_eq!(carried.write().as_deref(), written);
        let again = written.and_then(Carried::read);
        assert_eq!(
            again.map(|again| (again.whose, again.write())),
            written.map(|text| (carried.whose, Some(text.to_owned())))
        );
    }

    #[test]
    fn ones_own_answers_come_before_those_of_a_link() {
        const CITIZEN: &str = r#"{"self-check":2,"status":"citizen","order":["status"]}"#;
        const MMI: &str = r#"{"mmi":"done"}"#;
        check(CITIZEN, None, Some(&["own ", CITIZEN].concat()));
        check("", None, None);
        check(MMI, Some((CITIZEN, Keeping::Shared)), Some(&["own-shared ", CITIZEN].concat()));
        check(CITIZEN, Some((MMI, Keeping::Yes)), Some(&["linked ", CITIZEN].concat()));
        check(CITIZEN, Some(("", Keeping::NotAsked)), Some(&["linked ", CITIZEN].concat()));
        assert_eq!(Carried::read("without"), None);
        assert_eq!(Carried::read("theirs s=self-check+1"), None);
    }

    #[test]
    fn an_older_program_carried_a_fragment_and_notes_in_it() {
        let carried = Carried::read(
            "own-shared s=self-check+1&status='citizen'&note.2027/mmi-result='ask%26%27go'&order=%5B'status'%5D",
        );
        let Carried { whose, session } = carried.unwrap();
        assert_eq!(whose, Whose::Own(Keeping::Shared));
        assert_eq!(session.notes.get("2027/mmi-result").map(String::as_str), Some("ask&'go"));
    }

    #[test]
    fn what_is_missing_of_a_link_is_still_missing_after_a_reload() {
        let partial = link::read("s2-9-00000000AstatusVcitizenZ").unwrap();
        let state = Carried::from_link(&partial).write().unwrap();
        let linked = Carried::read(&state).unwrap().linked();
        assert_eq!(linked.missing, Some(Missing { came: 1, of: None }));
    }
}
