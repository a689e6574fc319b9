//! Workers, teams, absence and bank holidays, as those who look after a council keep them.

mod actions;
mod pages;
mod photo;
mod restructure;
