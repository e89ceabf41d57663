import RevOps

/// The regions and lists of a configuration: names that conditions use for several values.
struct Names {
  /// Countries and parts of countries under one name.
  struct Place: Equatable {
    var countries: [String] = []
    var regions: [String] = []
  }

  private(set) var regions: [String: Place] = [:]
  private(set) var lists: [String: [String]] = [:]
  private(set) var regionNames: [String] = []
  private(set) var listNames: [String] = []

  mutating func add(region name: String, _ place: Place) {
    regionNames.append(name)
    regions[TextFolding.fold(name)] = place
  }

  mutating func add(list name: String, _ members: [String]) {
    listNames.append(name)
    lists[TextFolding.fold(name)] = members
  }

  func region(_ name: String) -> Place? { regions[TextFolding.fold(name)] }
  func list(_ name: String) -> [String]? { lists[TextFolding.fold(name)] }
}

/// `regions:` and `lists:` of the routing file.
struct NamesDecoder {
  let report: Report

  func decode(regions: ConfigNode?, lists: ConfigNode?) -> Names {
    var names = Names()
    for entry in entries(regions, "regions") { addRegion(entry, &names) }
    for entry in entries(lists, "lists") { addList(entry, &names) }
    return names
  }

  private func entries(_ node: ConfigNode?, _ key: String) -> [ConfigNode.Entry] {
    guard let node else { return [] }
    if let entries = node.entries { return entries }
    report.error(node, "`\(key)` must be a map from names to lists, not \(node.kind)")
    return []
  }

  private func addRegion(_ entry: ConfigNode.Entry, _ names: inout Names) {
    let name = entry.name
    if Country.code(named: name) != nil || Region.isCode(name.uppercased()) {
      report.error(
        entry.key, "a region cannot be called `\(name)`: that is the name or code of a country or of a part of one",
        suggestion: "call it `\(name)-AREA`")
    } else if names.region(name) != nil {
      report.error(entry.key, "the region `\(name)` exists already", suggestion: "upper and lower case are the same")
    }
    var place = Names.Place()
    for member in members(entry, "region") { addMember(member, to: &place) }
    names.add(region: name, place)
  }

  private func addMember(_ node: ConfigNode, to place: inout Names.Place) {
    guard let text = report.text(node, "regions") else { return }
    switch PlaceName(text) {
    case .country(let code): place.countries.append(code)
    case .region(let code):
      report.checkLevel(code, node)
      place.regions.append(code)
    case nil: report.error(node, PlaceName.unknown(text), suggestion: PlaceName.advice(text, among: []))
    }
  }

  private func addList(_ entry: ConfigNode.Entry, _ names: inout Names) {
    if names.region(entry.name) != nil {
      report.error(entry.key, "`\(entry.name)` is the name of a region already", suggestion: "rename one of them")
    } else if names.list(entry.name) != nil {
      report.error(entry.key, "the list `\(entry.name)` exists already")
    }
    names.add(list: entry.name, members(entry, "list").compactMap { report.text($0, entry.name) })
  }

  private func members(_ entry: ConfigNode.Entry, _ what: String) -> [ConfigNode] {
    guard let members = report.list(entry.value, entry.name) else { return [] }
    if members.isEmpty { report.error(entry.value, "the \(what) `\(entry.name)` is empty") }
    return members
  }
}
