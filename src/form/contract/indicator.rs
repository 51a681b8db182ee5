//! One indicator row in the contract: its columns as keys, whether it was repaired, and its place.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::{Place, Repair};
use crate::form::{Column, Field, Row};
use crate::text::calm;

/// The keys of an indicator that are no column.
const REPAIRED: &str = "repaired";
const REPAIRS: &str = "repairs";
const PLACE: &str = "place";

#[derive(Debug)]
pub(super) struct IndicatorEntry(Row);

/// What was printed where a cell was read otherwise.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RepairEntry {
    printed: String,
    why: String,
}

impl From<&Row> for IndicatorEntry {
    fn from(row: &Row) -> Self {
        IndicatorEntry(row.clone())
    }
}

impl From<IndicatorEntry> for Row {
    fn from(entry: IndicatorEntry) -> Self {
        entry.0
    }
}

impl Serialize for IndicatorEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = &self.0;
        let mut map = serializer.serialize_map(None)?;
        for column in Column::CONTRACT {
            map.serialize_entry(column.key(), &row.get(column).map(Field::squeezed))?;
        }
        for column in Column::OPTIONAL {
            if let Some(field) = row.get(column) {
                map.serialize_entry(column.key(), &field.squeezed())?;
            }
        }
        map.serialize_entry(REPAIRED, &row.repaired())?;
        let repairs: BTreeMap<&str, RepairEntry> = row
            .cells()
            .filter_map(|(column, field)| {
                let repair = field.repair.as_ref()?;
                Some((column.key(), RepairEntry { printed: repair.printed.clone(), why: repair.why.clone() }))
            })
            .collect();
        if !repairs.is_empty() {
            map.serialize_entry(REPAIRS, &repairs)?;
        }
        map.serialize_entry(PLACE, &row.place)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for IndicatorEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntryVisitor)
    }
}

/// Reads the columns by name, so that a scalar is taken from its text and never passes through a binary number.
struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = IndicatorEntry;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an indicator row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<IndicatorEntry, A::Error> {
        let mut texts: BTreeMap<Column, String> = BTreeMap::new();
        let mut repairs: BTreeMap<String, RepairEntry> = BTreeMap::new();
        let mut place = Place::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                REPAIRED => drop(map.next_value::<bool>()?),
                REPAIRS => repairs = map.next_value()?,
                PLACE => place = map.next_value()?,
                name => {
                    let column = Column::from_key(name)
                        .ok_or_else(|| A::Error::custom(format!("指标行中没有“{name}”这一项")))?;
                    let text: Option<String> = map.next_value()?;
                    if let Some(text) = text
                        && texts.insert(column, text).is_some()
                    {
                        return Err(A::Error::custom(format!("指标行中“{name}”重复出现")));
                    }
                }
            }
        }
        let mut row = Row::new(place);
        for (column, text) in texts {
            let mut field = Field::new(text, row.place.clone());
            field.repair = repairs
                .remove(column.key())
                .map(|entry| Box::new(Repair { printed: calm(entry.printed), why: calm(entry.why) }));
            row.set(column, field);
        }
        Ok(IndicatorEntry(row))
    }
}
