//! 地名 (places): which province a text is about, by the names in `rules/places.yaml`.

use std::cmp::Reverse;
use std::sync::OnceLock;

use serde::Deserialize;

/// 地名表
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    provinces: Vec<Province>,
    city_endings: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Province {
    name: String,
    cities: Vec<String>,
    counties: Vec<String>,
}

/// 地名: a province with the name by which a text gave it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceFound<'p> {
    pub province: &'p str,
    /// The name that was met, a city's or the province's own.
    pub name: &'p str,
}

impl Places {
    /// The built-in names.
    ///
    /// A test reads them, so they cannot fail in a released program.
    pub fn builtin() -> &'static Places {
        static BUILTIN: OnceLock<Places> = OnceLock::new();
        BUILTIN.get_or_init(|| match serde_yaml::from_str(include_str!("../../rules/places.yaml")) {
            Ok(places) => places,
            Err(error) => unreachable!("rules/places.yaml: {error}"),
        })
    }

    /// The place a text is about: the name met most often decides, the longest and then the first among equals.
    pub fn find(&self, text: &str) -> Option<PlaceFound<'_>> {
        let mut best: Option<(usize, usize, Reverse<usize>, PlaceFound)> = None;
        for province in &self.provinces {
            let Some((count, length, first, name)) = self.count(province, text) else { continue };
            let rank = (count, length, Reverse(first));
            if best.as_ref().is_none_or(|(most, longest, at, _)| rank > (*most, *longest, *at)) {
                best = Some((count, length, Reverse(first), PlaceFound { province: &province.name, name }));
            }
        }
        best.map(|(_, _, _, found)| found)
    }

    /// How often a province's names occur, the length of the longest, where the first stands, and that longest name.
    fn count<'p>(&'p self, province: &'p Province, text: &str) -> Option<(usize, usize, usize, &'p str)> {
        let whole = |name: &'p str| text.match_indices(name).map(move |(at, _)| (at, name));
        let short = |city: &'p str| {
            whole(city).filter(move |(at, _)| {
                let after = text.get(at + city.len()..).unwrap_or_default();
                self.city_endings.iter().any(|ending| after.starts_with(ending.as_str()))
            })
        };
        let places: Vec<(usize, &str)> = whole(province.name.as_str())
            .chain(province.cities.iter().flat_map(|city| short(city.as_str())))
            .chain(province.counties.iter().flat_map(|county| whole(county.as_str())))
            .collect();
        let first = places.iter().map(|(at, _)| *at).min()?;
        let longest = places.iter().map(|(_, name)| *name).max_by_key(|name| name.len())?;
        Some((places.len(), longest.len(), first, longest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn province(text: &str) -> Option<&'static str> {
        Places::builtin().find(text).map(|found| found.province)
    }

    #[test]
    fn a_city_or_county_names_its_province() {
        assert_eq!(province("昌吉回族自治州医疗保障局"), Some("新疆"));
        assert_eq!(province("昌吉州医疗保障局"), Some("新疆"));
        assert_eq!(province("轮台县农业农村局"), Some("新疆"));
        assert_eq!(province("武汉市商务局"), Some("湖北"));
        assert_eq!(province("某单位绩效自评表"), None);
    }

    #[test]
    fn ordinary_words_are_no_places() {
        assert_eq!(province("中山路小学东方红楼"), None);
        assert_eq!(province("海南藏族自治州"), Some("青海"));
        assert_eq!(province("巴州区财政局"), Some("四川"));
        assert_eq!(province("巴州财政局"), Some("新疆"));
    }
}
