//! The answers with which a page is loaded anew, whatever ended the one before.

use super::{Keeping, Session, fragment};

/// Whose answers these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person's own, and whether they are to be kept.
    Own(Keeping),
    /// Those of a link.
    Linked,
}

const WHOSE: [(Whose, &str); 4] = [
    (Whose::Own(Keeping::NotAsked), "own"),
    (Whose::Own(Keeping::No), "own-not-kept"),
    (Whose::Own(Keeping::Shared), "own-shared"),
    (Whose::Linked, "linked"),
];

impl Whose {
    /// The word for it in the browser's history.
    #[must_use]
    pub fn word(self) -> &'static str {
        WHOSE.iter().find(|(whose, _)| *whose == self).map_or("own", |(_, word)| word)
    }
}

/// Answers on their way from one page to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub whose: Whose,
    /// As a link's fragment; empty when there are none.
    pub fragment: String,
}

impl Carried {
    /// What is carried while `session` is on show and, if that is a link's, `own` is the person's own.
    ///
    /// One's own answers come first, unless they are kept or there are none: a link can be opened again.
    #[must_use]
    pub fn of(session: &Session, own: Option<&Session>) -> Carried {
        let (whose, session) = match own {
            None => (Whose::Own(session.keeping), session),
            Some(own) if own.keeping != Keeping::Yes && !own.is_empty() => (Whose::Own(own.keeping), own),
            Some(_) => (Whose::Linked, session),
        };
        let fragment = match whose {
            _ if session.is_empty() => String::new(),
            Whose::Own(_) => fragment::write_with_notes(session),
            Whose::Linked => fragment::write(session),
        };
        Carried { whose, fragment }
    }

    /// Reads it as the history holds it.
    #[must_use]
    pub fn read(state: &str) -> Option<Carried> {
        let (word, fragment) = state.split_once(' ')?;
        let (whose, _) = WHOSE.iter().find(|(_, known)| *known == word)?;
        Some(Carried { whose: *whose, fragment: fragment.to_owned() })
    }

    /// The session that it holds, if it holds any.
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        match self.whose {
            Whose::Own(_) => fragment::read_with_notes(&self.fragment),
            Whose::Linked => fragment::read(&self.fragment),
        }
    }

    /// As the history holds it.
    #[must_use]
    pub fn write(&self) -> String {
        [self.whose.word(), " ", &self.fragment].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::saved;

    #[track_caller]
    fn check(session: &str, own: Option<(&str, Keeping)>, written: &str) {
        let session = saved::read(session);
        let own = own.map(|(own, keeping)| Session { keeping, ..saved::read(own) });
        let carried = Carried::of(&session, own.as_ref());
        assert_eq!(carried.write(), written);
        assert_eq!(Carried::read(written), Some(carried));
    }

    #[test]
    fn ones_own_answers_come_before_those_of_a_link() {
        const CITIZEN: &str = "status = \"citizen\"\norder = [\"status\"]";
        const WRITTEN: &str = "s=self-check+1&status='citizen'&order=%5B'status'%5D";
        check(CITIZEN, None, &["own ", WRITTEN].concat());
        check("", None, "own ");
        check("mmi = \"done\"", Some((CITIZEN, Keeping::Shared)), &["own-shared ", WRITTEN].concat());
        check(CITIZEN, Some(("mmi = \"done\"", Keeping::Yes)), &["linked ", WRITTEN].concat());
        check(CITIZEN, Some(("", Keeping::NotAsked)), &["linked ", WRITTEN].concat());
        assert_eq!(Carried::read("without"), None);
        assert_eq!(Carried::read("theirs s=self-check+1"), None);
    }
}
