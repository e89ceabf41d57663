import RevOps

/// Clearbit's person in our fields. Every field may be missing, null or of another type; then it is unknown.
enum ClearbitPerson {
  /// Asked by address, Clearbit may leave the address out, but a different one is a different person.
  static func isAbout(_ email: String, _ person: JSONValue) -> Bool {
    guard let found = person["email"]?.string, !found.isEmpty else { return true }
    return EmailAddress.identity(of: found) == EmailAddress.identity(of: email)
  }

  static func person(_ person: JSONValue) -> Enrichment.Person {
    let employment = person["employment"]
    let place = ClearbitPlace(person["geo"])
    return Enrichment.Person(
      fullName: person["name"]?["fullName"]?.string, title: employment?["title"]?.string,
      seniority: employment?["seniority"]?.string, department: employment?["role"]?.string,
      country: place.country, region: place.region, city: place.city,
      linkedinURL: ClearbitProfile.url(person["linkedin"]))
  }
}

/// Clearbit's `geo`.
struct ClearbitPlace {
  var country: String?
  var region: String?
  var city: String?

  init(_ geo: JSONValue?) {
    country = geo?["countryCode"]?.string ?? geo?["country"]?.string
    region = geo?["state"]?.string ?? geo?["stateCode"]?.string
    city = geo?["city"]?.string
  }
}

/// Clearbit names a profile by its path (`in/ada`, `company/acme`).
enum ClearbitProfile {
  static func url(_ linkedin: JSONValue?) -> String? {
    linkedin?["handle"]?.string.flatMap { $0.isEmpty ? nil : "https://www.linkedin.com/" + $0 }
  }
}
