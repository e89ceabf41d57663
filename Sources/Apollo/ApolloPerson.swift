import RevOps

/// Apollo's person in our fields. Every field may be missing, null or of another type; then it is unknown.
enum ApolloPerson {
  /// Asked by address, Apollo may leave the address out, but a different one is a different person.
  static func isAbout(_ email: String, _ person: JSONValue) -> Bool {
    guard let found = person["email"]?.string, !found.isEmpty else { return true }
    return EmailAddress.identity(of: found) == EmailAddress.identity(of: email)
  }

  static func person(_ person: JSONValue) -> Enrichment.Person {
    Enrichment.Person(
      fullName: person["name"]?.string ?? joined(person["first_name"]?.string, person["last_name"]?.string),
      title: person["title"]?.string, seniority: person["seniority"]?.string,
      department: person["departments"]?.array?.first?.string ?? person["functions"]?.array?.first?.string,
      country: person["country"]?.string, region: person["state"]?.string, city: person["city"]?.string,
      linkedinURL: person["linkedin_url"]?.string)
  }

  private static func joined(_ first: String?, _ last: String?) -> String? {
    let parts = [first, last].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}
