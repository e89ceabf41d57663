/// The country and region that a form's address and its surroundings mean when they are read together.
struct AddressReader {
  struct Form {
    var country: String?
    var state: String?
    var city: String?
    /// The country of the form's telephone number.
    var phone: String?
    /// The country of the e-mail address's or website's domain.
    var domain: String?
  }

  private let form: Form
  private let country: PlaceReading
  private let state: PlaceReading
  private let city: PlaceReading

  init(_ form: Form) {
    self.form = form
    country = form.country.map(PlaceReading.country) ?? .nothing
    state = form.state.map(PlaceReading.state) ?? .nothing
    city = form.city.map(PlaceReading.city) ?? .nothing
  }

  /// What the address fields say: the country's value before the state's, the state's before the city's.
  func place() -> Place? {
    for reading in [country, state, city] {
      guard var place = decided(reading) else { continue }
      if place.country == "US", let territory = territory { place = territory }
      return Place(country: place.country, region: region(in: place))
    }
    return nil
  }

  /// Puerto Rico and the like, written as a state of the US.
  private var territory: Place? {
    state.alone.flatMap { ["PR", "GU", "VI", "MP"].contains($0.country) ? $0 : nil }
  }

  /// The region that the form names in a country known from elsewhere.
  func region(in country: String) -> String? { region(in: Place(country: country)) }

  /// The candidate that most of the form fits; where none fits more than the usual meaning, that.
  private func decided(_ reading: PlaceReading) -> Place? {
    var best = reading.alone
    var most = best.map { support($0, beside: reading) } ?? 0
    var rivals: [Place] = []
    for place in reading.candidates where place != best {
      let found = support(place, beside: reading)
      if found > most {
        best = place
        most = found
        rivals = []
      } else if found == most, found > 0, best != reading.alone {
        rivals.append(place)
      }
    }
    guard let best else { return nil }
    if rivals.isEmpty { return best }
    // Several places of one country fit as well: the country is certain, the part is not.
    return rivals.allSatisfy { $0.country == best.country } ? Place(country: best.country) : reading.alone
  }

  /// How much of the rest of the form a place fits; a better kind of evidence outweighs all weaker ones.
  private func support(_ place: Place, beside reading: PlaceReading) -> Int {
    var support = 0
    if reading != state, state.fits(place) { support += 8 }
    if reading != city, city.fits(place) { support += 4 }
    if form.phone == place.country { support += 2 }
    if form.domain == place.country { support += 1 }
    return support
  }

  /// The form's state, else what its country and city say.
  private func region(in place: Place) -> String? {
    if let state = form.state, let code = Region.code(named: state, country: place.country) { return code }
    let states = state.candidates.filter { $0.country == place.country }
    if states.count == 1, let region = states[0].region { return region }
    return place.region ?? cityRegion(in: place.country)
  }

  private func cityRegion(in country: String) -> String? {
    if let alone = city.alone, alone.country == country { return alone.region }
    let regions = Set(city.candidates.filter { $0.country == country }.map(\.region))
    return regions.count == 1 ? regions.first ?? nil : nil
  }
}
