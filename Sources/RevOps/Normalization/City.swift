import CVocabulary

/// Cities by name, and whether a name alone says where.
enum City {
  struct Entry: Sendable, Equatable {
    var place: Place
    /// Practically everybody means this one.
    var isKnownAlone: Bool
  }

  static func entries(key: String) -> [Entry] { byKey[key] ?? [] }

  private static let byKey = {
    var byKey: [String: [Entry]] = [:]
    for row in Vocabulary.rows(vocabulary_cities()) where row.count == 2 {
      let code = String(row[0])
      let place = Place(country: Region.country(of: code), region: code.utf8.count > 2 ? code : nil)
      for name in Vocabulary.names(row[1]) {
        let alone = name.hasPrefix("*")
        for key in PlaceName.keys(String(alone ? name.dropFirst() : name)) {
          byKey[key, default: []].append(Entry(place: place, isKnownAlone: alone))
        }
      }
    }
    return byKey
  }()
}

/// A country, and the part of it where that is known.
struct Place: Sendable, Hashable {
  var country: String
  var region: String?

  init(country: String, region: String? = nil) {
    self.country = country
    self.region = region
  }

  init(region: String) { self.init(country: Region.country(of: region), region: region) }

  /// Whether both can be the same place.
  func fits(_ other: Place) -> Bool {
    country == other.country && (region == nil || other.region == nil || region == other.region)
  }
}
