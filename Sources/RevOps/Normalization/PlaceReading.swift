import Foundation

/// What one value of an address may mean.
struct PlaceReading: Sendable, Equatable {
  var candidates: [Place] = []
  /// What it means with nothing beside it; nil: it leaves real doubt.
  var alone: Place?

  static let nothing = PlaceReading()

  func fits(_ place: Place) -> Bool { candidates.contains { $0.fits(place) } }

  mutating func add(_ place: Place) { if !candidates.contains(place) { candidates.append(place) } }
}

extension PlaceReading {
  /// The value of the field `country`, which may hold a part of one, a city, or both (`USA - Texas`).
  static func country(_ text: String) -> PlaceReading {
    let reading = composed(text, part: countryPart, tail: countryPart)
    guard reading.candidates.isEmpty, let code = Country.code(misspelled: PlaceName.key(text)) else { return reading }
    return PlaceReading(candidates: [Place(country: code)], alone: Place(country: code))
  }

  /// The value of the field `state`.
  static func state(_ text: String) -> PlaceReading {
    let reading = composed(text, part: statePart, tail: statePart)
    guard reading.candidates.isEmpty, let code = Region.code(misspelled: PlaceName.key(text)) else { return reading }
    return PlaceReading(candidates: [Place(region: code)], alone: Place(region: code))
  }

  /// The value of the field `city`: a name, and perhaps what it lies in (`London, ON`, `Austin TX`).
  static func city(_ text: String) -> PlaceReading {
    let reading = composed(text, part: cityPart, tail: tailPart)
    let key = PlaceName.key(text)
    // `Singapore`, or somebody who took the field for the country's; what is also a state's name says neither.
    guard reading.candidates.isEmpty, key.utf8.count > 3, let code = Country.code(key: key),
      Region.candidates(key: key).allSatisfy({ Region.country(of: $0) == code })
    else { return reading }
    return PlaceReading(candidates: [Place(country: code)], alone: Place(country: code))
  }

  /// Reads the whole, else its segments together, else a beginning and an end without a separator.
  private static func composed(
    _ text: String, part: (String) -> PlaceReading, tail: (String) -> PlaceReading
  ) -> PlaceReading {
    let text = String(text.prefix(120))
    if let code = Region.firstLevel(text.uppercased()) {
      let place = Place(region: code)
      return PlaceReading(candidates: [place], alone: place)
    }
    let whole = part(PlaceName.key(text))
    if !whole.candidates.isEmpty { return whole }
    let segments = segments(text)
    if segments.count > 1 {
      return joined([part(segments[0])] + segments.dropFirst().map { tail($0) })
    }
    let ends = split(PlaceName.key(text), part: part, tail: tail)
    return ends.candidates.isEmpty ? part(withoutPostcode(PlaceName.key(text))) : ends
  }

  /// `10115 berlin`, `ca 94105`: what is left without words that have digits.
  private static func withoutPostcode(_ key: String) -> String {
    var words = key.split(separator: " ")
    // `D-10115 Berlin`: the country's letters before a postcode.
    if words.count > 2, words[0].count <= 2, words[1].allSatisfy(\.isNumber) { words.removeFirst() }
    return words.filter { !$0.contains(where: \.isNumber) }.joined(separator: " ")
  }

  private static func segments(_ text: String) -> [String] {
    let separated = text.replacing(" - ", with: "|").replacing(" – ", with: "|")
    let pieces = separated.split { ",;/()|:[]—".contains($0) }.map(String.init)
    return pieces.filter { !isDiallingCode($0) }.map { PlaceName.key($0) }.filter { !$0.isEmpty }
  }

  /// `+49`, which stands beside many a country's name in the lists of forms. Its digits are no department or province.
  private static func isDiallingCode(_ text: String) -> Bool {
    let sign = text.trimmingCharacters(in: .whitespaces)
    return sign.hasPrefix("+") && !sign.contains(where: \.isLetter)
  }

  /// `berlin germany`, `germany de`: both ends must read, and together.
  private static func split(
    _ key: String, part: (String) -> PlaceReading, tail: (String) -> PlaceReading
  ) -> PlaceReading {
    let words = key.split(separator: " ")
    guard (2...6).contains(words.count) else { return .nothing }
    for index in 1..<words.count {
      let first = part(words[..<index].joined(separator: " "))
      let end = words[index...].joined(separator: " ")
      var last = tail(end)
      // `seattle wa usa`: the end may itself be two.
      if last.candidates.isEmpty, !first.candidates.isEmpty { last = split(end, part: tail, tail: tail) }
      if first.candidates.contains(where: last.fits) { return joined([first, last]) }
    }
    return .nothing
  }

  /// The places that fit every part that says something; without one, the first part.
  private static func joined(_ parts: [PlaceReading]) -> PlaceReading {
    let parts = parts.filter { !$0.candidates.isEmpty }
    guard let first = parts.first else { return .nothing }
    if parts.count == 1 { return first }
    let all = parts.flatMap(\.candidates)
    let fitting = all.filter { place in parts.allSatisfy { $0.fits(place) } }
    // The most exact of them: `USA` and `Texas` are Texas.
    guard let best = fitting.first(where: { $0.region != nil }) ?? fitting.first else {
      // A place of which the first name is not known: `Rome, GA`.
      return parts[1...].first { $0.alone?.region != nil } ?? first
    }
    return PlaceReading(candidates: [best], alone: best)
  }

  private static func countryPart(_ key: String) -> PlaceReading {
    if key.isEmpty { return .nothing }
    let regions = Region.candidates(key: key)
    if let code = Country.code(key: key) {
      var reading = PlaceReading()
      reading.alone = Place(country: code, region: namedPart(key, of: code, regions))
      reading.alone.map { reading.add($0) }
      // Only codes, and Georgia, are also states that somebody would write here.
      let others = Country.isCodeKey(key) ? ["US", "CA", "AU"] : ["US", "CA"]
      for region in regions where others.contains(Region.country(of: region)) && Region.country(of: region) != code {
        reading.add(Place(region: region))
      }
      return reading
    }
    let region = regionPart(key)
    return region.candidates.isEmpty ? cityPart(key) : region
  }

  /// `Scotland` says GB and which part of it. Elsewhere a region that is called like its country is not meant.
  private static func namedPart(_ key: String, of country: String, _ regions: [String]) -> String? {
    guard ["GB", "BE", "FR", "ES", "PT", "IT"].contains(country), !Country.isCodeKey(key) else { return nil }
    return regions.first { Region.country(of: $0) == country }
  }

  private static func statePart(_ key: String) -> PlaceReading {
    var reading = regionPart(key)
    if key.utf8.count > 3, let country = Country.code(key: key),
      !reading.candidates.contains(where: { $0.country == country })
    {
      reading.add(Place(country: country))
      if reading.alone == nil && reading.candidates.count == 1 { reading.alone = Place(country: country) }
    }
    // Territories of the US have codes of states there, and of countries in ISO 3166-1.
    if territories.contains(key) { reading.alone = Place(country: key.uppercased()) }
    reading.alone.map { reading.add($0) }
    return reading.candidates.isEmpty ? cityPart(key) : reading
  }

  private static let territories: Set<String> = ["pr", "gu", "vi", "mp"]

  private static func tailPart(_ key: String) -> PlaceReading {
    let region = regionPart(key)
    guard let country = Country.code(key: key) else { return region }
    var reading = PlaceReading(candidates: [Place(country: country)], alone: region.alone ?? Place(country: country))
    region.candidates.forEach { reading.add($0) }
    return reading
  }

  /// A region's name or code anywhere in the world. Alone, two letters are a state of the US, then a province of
  /// Canada; a name is the one region of that name among the countries whose regions are widely known, or in the world.
  private static func regionPart(_ key: String) -> PlaceReading {
    var codes = Region.candidates(key: key)
    if codes.isEmpty { codes = Region.candidates(key: PlaceName.bare(key)) }
    let places = codes.map { Place(region: $0) }
    guard !places.isEmpty else { return .nothing }
    return PlaceReading(candidates: places, alone: regionAlone(key, places))
  }

  private static let tiers: [Set<String>] = [
    ["US"], ["CA"],
    [
      "AU", "GB", "IE", "DE", "AT", "CH", "FR", "IT", "ES", "NL", "BE", "BR", "MX", "IN", "JP", "CN", "ZA", "NZ", "AE",
      "PL", "KR", "AR", "TR",
    ],
  ]

  private static func regionAlone(_ key: String, _ places: [Place]) -> Place? {
    if key.utf8.count == 1 || key.allSatisfy(\.isNumber) { return nil }
    for tier in key.utf8.count == 2 ? tiers.prefix(2) : tiers[...] {
      let known = places.filter { tier.contains($0.country) }
      if !known.isEmpty { return known.count == 1 ? known.first : nil }
    }
    return key.utf8.count > 3 && places.count == 1 ? places.first : nil
  }

  private static func cityPart(_ key: String) -> PlaceReading {
    var entries = City.entries(key: key)
    if entries.isEmpty { entries = City.entries(key: PlaceName.bare(key)) }
    let alone = Set(entries.filter(\.isKnownAlone).map(\.place))
    return PlaceReading(candidates: entries.map(\.place), alone: alone.count == 1 ? alone.first : nil)
  }
}
