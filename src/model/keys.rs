//! [`Keys`]: from the key of a column to its position.

use crate::{Error, Result};

/// Sorted keys with a table that finds them: open addressing, at most half full.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Keys {
    keys: Vec<u64>,
    /// Position + 1, 0 where free.
    table: Vec<u32>,
}

impl Keys {
    /// Keys in order, without doubles.
    ///
    /// # Errors
    /// When they are out of order or too many.
    pub(super) fn new(keys: Vec<u64>) -> Result<Self> {
        if keys.len() >= u32::MAX as usize / 4 {
            return Err(Error::model("the model has too many columns"));
        }
        if keys.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(Error::model("the keys of the weights are out of order"));
        }
        let capacity = (keys.len() * 2).next_power_of_two().max(16);
        let mut table = vec![0_u32; capacity];
        for (position, key) in keys.iter().enumerate() {
            let mut slot = *key as usize & (capacity - 1);
            while table[slot] != 0 {
                slot = (slot + 1) & (capacity - 1);
            }
            table[slot] = position as u32 + 1;
        }
        Ok(Self { keys, table })
    }

    /// The position of a key.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<usize> {
        let mask = self.table.len() - 1;
        let mut slot = key as usize & mask;
        loop {
            let position = (self.table[slot] as usize).checked_sub(1)?;
            if self.keys[position] == key {
                return Some(position);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The keys, in order.
    pub(super) fn as_slice(&self) -> &[u64] {
        &self.keys
    }
}
