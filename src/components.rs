//! Pieces that pages share. Most are functions from data to HTML and keep nothing.

pub mod beside;
pub mod date_field;
pub mod drawing;
pub mod find_out;
pub mod grounds;
pub mod inputs;
pub mod keeping;
pub mod layout;
pub mod letter;
pub mod moment;
pub mod next;
pub mod node;
pub mod notices;
pub mod part;
pub mod ready;
pub mod row;
pub mod so_far;
pub mod tag;
