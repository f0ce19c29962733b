//! Pieces that pages share. Most are functions from data to HTML and keep nothing.

pub mod because;
pub mod beside;
pub mod criteria;
pub mod date_entry;
pub mod date_field;
pub mod field;
pub mod find_out;
pub mod form;
pub mod grounds;
pub mod keeping;
pub mod layout;
pub mod letter;
pub mod leverage;
pub mod marks;
pub mod moment;
pub mod next;
pub mod node;
pub mod note;
pub mod notices;
pub mod part;
pub mod ready;
pub mod row;
pub mod search;
pub mod so_far;
pub mod strip;
pub mod tag;
