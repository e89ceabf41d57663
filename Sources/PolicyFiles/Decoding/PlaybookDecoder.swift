import RevOps

/// `playbook.yaml`: every key is optional, what is left out keeps its default.
struct PlaybookDecoder {
  let report: Report
  let teams: [String]

  private static let keys = [
    "notify", "sla", "nurture", "enrich", "llm", "memory", "hubspot", "permissions", "admins", "digest",
    "bulk_sources", "reopen_after", "retention", "rates",
  ]

  func decode(_ root: ConfigNode) -> Playbook {
    var playbook = Playbook()
    guard let section = Section(root, "the playbook", keys: Self.keys, report) else { return playbook }
    decodeNotify(section, &playbook.notify)
    playbook.sla = sla(section)
    decodeNurture(section, &playbook.nurture)
    decodeEnrich(section, &playbook.enrich)
    decodeLLM(section, &playbook.llm)
    if let memory = open(section, "memory", ["similar"]) {
      playbook.similar = memory.whole("similar", in: 0...20) ?? playbook.similar
    }
    HubSpotDecoder(report: report).decode(section, &playbook.hubspot)
    decodePermissions(section, &playbook.permissions)
    playbook.admins = section.list("admins")?.compactMap { report.email($0, "admins") } ?? []
    playbook.digest = digest(section)
    playbook.bulkSources = section.list("bulk_sources")?.compactMap { report.text($0, "bulk_sources") } ?? []
    duration(section, "reopen_after", &playbook.reopenAfter)
    if let retention = open(section, "retention", ["leads", "raw"]) {
      duration(retention, "leads", &playbook.retentionLeads)
      duration(retention, "raw", &playbook.retentionRaw)
    }
    decodeRates(section, &playbook.rates)
    return playbook
  }

  private func open(_ section: Section, _ key: String, _ keys: [String]) -> Section? {
    section[key].flatMap { Section($0, "`\(key)`", keys: keys, report) }
  }

  private func duration(_ section: Section, _ key: String, _ value: inout Int) {
    if let node = section[key], let seconds = report.duration(node, key) { value = seconds }
  }

  /// `off` turns a feature off; YAML 1.2 reads it as a text.
  private func isOff(_ node: ConfigNode) -> Bool { node.text == "off" || node.scalar == .flag(false) }

  private func decodeNotify(_ section: Section, _ notify: inout Playbook.Notify) {
    let keys = ["channel", "triage_channel", "review_team", "owner_dm", "high_priority", "stale_after"]
    guard let section = open(section, "notify", keys) else { return }
    notify.channel = channel(section, "channel") ?? notify.channel
    notify.triageChannel = channel(section, "triage_channel")
    notify.reviewTeam = section["review_team"].flatMap(team)
    notify.ownerDM = section.flag("owner_dm") ?? notify.ownerDM
    duration(section, "stale_after", &notify.staleAfter)
    guard let high = open(section, "high_priority", ["min_score", "channel"]) else { return }
    notify.highPriorityMinScore = high.unit("min_score") ?? notify.highPriorityMinScore
    notify.highPriorityChannel = channel(high, "channel")
  }

  private func channel(_ section: Section, _ key: String) -> String? {
    section[key].flatMap { report.channel($0, key) }
  }

  private func team(_ node: ConfigNode) -> String? {
    guard let name = report.text(node, "review_team") else { return nil }
    if teams.contains(name) { return name }
    report.error(
      node, "there is no team `\(ConfigNode.short(name))`", suggestion: Suggestion.nearest(to: name, in: teams))
    return nil
  }

  private func sla(_ section: Section) -> Playbook.SLA? {
    var sla = Playbook.SLA()
    guard let node = section["sla"] else { return sla }
    if isOff(node) { return nil }
    let keys = ["clock", "accept", "remind", "first_touch", "escalate"]
    guard let section = Section(node, "`sla`", keys: keys, report) else { return sla }
    sla.clock = section.choice("clock") ?? sla.clock
    duration(section, "accept", &sla.accept)
    duration(section, "remind", &sla.remind)
    duration(section, "first_touch", &sla.firstTouch)
    if let steps = section.list("escalate") { sla.escalate = steps.compactMap { report.choice($0, "escalate") } }
    if let node = section["remind"], sla.accept <= sla.remind {
      report.warning(node, "nobody is reminded: `accept` ends first", suggestion: "make `remind` shorter than `accept`")
    }
    return sla
  }

  private func decodeNurture(_ section: Section, _ nurture: inout Playbook.Nurture) {
    guard let section = open(section, "nurture", ["hubspot_list", "sequence", "task", "revisit_after"]) else { return }
    nurture.hubspotList = section.text("hubspot_list")
    nurture.sequence = section.text("sequence")
    nurture.task = section.flag("task") ?? nurture.task
    duration(section, "revisit_after", &nurture.revisitAfter)
  }

  private func decodeEnrich(_ section: Section, _ enrich: inout Playbook.Enrich) {
    guard let section = open(section, "enrich", ["order", "budget", "cache_for", "daily_limit"]) else { return }
    if let order = section.list("order") {
      enrich.order = order.compactMap { node -> EnrichmentSource? in report.choice(node, "order") }.map(\.source)
        .uniqued()
    }
    duration(section, "budget", &enrich.budget)
    duration(section, "cache_for", &enrich.cacheFor)
    enrich.dailyLimit = section.whole("daily_limit", in: 0...10_000_000) ?? enrich.dailyLimit
  }

  private enum EnrichmentSource: String, CaseIterable {
    case apollo, clearbit
    var source: Source { self == .apollo ? .apollo : .clearbit }
  }

  private func decodeLLM(_ section: Section, _ llm: inout Playbook.LLM) {
    guard let section = open(section, "llm", ["budget", "daily_limit", "extra"]) else { return }
    duration(section, "budget", &llm.budget)
    llm.dailyLimit = section.whole("daily_limit", in: 0...10_000_000) ?? llm.dailyLimit
    guard let extra = section["extra"] else { return }
    guard let entries = extra.entries else {
      report.error(extra, "`extra` must be a map of fields of the request, not \(extra.kind)")
      return
    }
    llm.extra = Dictionary(entries.map { ($0.name, $0.value.json) }) { first, _ in first }
  }

  private func decodePermissions(_ section: Section, _ permissions: inout Playbook.Permissions) {
    let keys: [(String, WritableKeyPath<Playbook.Permissions, Playbook.Permissions.Who>)] = [
      ("look_up", \.lookUp), ("claim", \.claim), ("reassign", \.reassign), ("nurture", \.nurture),
      ("release", \.release), ("outcome", \.outcome), ("triage", \.triage), ("retry", \.retry),
    ]
    guard let section = open(section, "permissions", keys.map(\.0)) else { return }
    for (key, path) in keys {
      if let who: Playbook.Permissions.Who = section.choice(key) { permissions[keyPath: path] = who }
    }
  }

  private func digest(_ section: Section) -> Playbook.Digest? {
    guard let node = section["digest"], !isOff(node) else { return nil }
    guard let section = Section(node, "`digest`", keys: ["at", "days"], report),
      let at = section.required("at").flatMap({ report.clockTime($0, "at") })
    else { return nil }
    let days = section["days"].flatMap { report.days($0, "days") }
    return Playbook.Digest(at: at, days: days ?? [.mon, .tue, .wed, .thu, .fri])
  }

  private func decodeRates(_ section: Section, _ rates: inout Playbook.Rates) {
    let keys: [(String, WritableKeyPath<Playbook.Rates, Playbook.CallRate?>)] = [
      ("hubspot", \.hubspot), ("hubspot_search", \.hubspotSearch), ("slack_channel", \.slackChannel),
      ("pinecone", \.pinecone), ("apollo", \.apollo), ("clearbit", \.clearbit), ("openai", \.openai),
    ]
    guard let section = open(section, "rates", keys.map(\.0)) else { return }
    for (key, path) in keys {
      guard let node = section[key] else { continue }
      if isOff(node) {
        rates[keyPath: path] = nil
      } else if let rate = report.rate(node, key) {
        rates[keyPath: path] = rate
      }
    }
  }
}
