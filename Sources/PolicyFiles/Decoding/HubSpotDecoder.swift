import RevOps

/// `hubspot:` of the playbook. A name written as nothing (`null`) means: leave that property alone.
struct HubSpotDecoder {
  let report: Report

  private typealias Path = WritableKeyPath<Playbook.HubSpot, String?>

  func decode(_ section: Section, _ hubspot: inout Playbook.HubSpot) {
    guard
      let section = section["hubspot"].flatMap({
        Section($0, "`hubspot`", keys: ["lead_status", "lifecycle", "properties"], report)
      })
    else { return }
    let status: [(String, Path)] = [
      ("new", \.leadStatusNew), ("claimed", \.leadStatusClaimed), ("nurture", \.leadStatusNurture),
      ("disqualified", \.leadStatusDisqualified),
    ]
    fill(section, "lead_status", status, &hubspot)
    fill(section, "lifecycle", [("qualified", \.lifecycleQualified), ("claimed", \.lifecycleClaimed)], &hubspot)
    let properties: [(String, Path)] = [
      ("score", \.scoreProperty), ("reason", \.reasonProperty), ("lead_id", \.leadIDProperty),
    ]
    fill(section, "properties", properties, &hubspot)
  }

  private func fill(_ section: Section, _ key: String, _ keys: [(String, Path)], _ hubspot: inout Playbook.HubSpot) {
    guard let section = section[key].flatMap({ Section($0, "`\(key)`", keys: keys.map(\.0), report) }) else { return }
    for (key, path) in keys where section.has(key) { hubspot[keyPath: path] = section.text(key) }
  }
}
