//! SVG charts without scripts, fonts or other files. Colours follow the light or dark scheme of the reader; print is
//! light.

pub(crate) mod axis;
pub(crate) mod canvas;
pub(crate) mod comparison;
pub(crate) mod layout;
pub(crate) mod legend;
pub(crate) mod level;
pub(crate) mod panel;
pub(crate) mod timeline;
