import Foundation

extension World {
  /// Makes a service fail, until `clearFaults` or for so many calls; nil lifts what was set for the same operation.
  ///
  /// - Parameter passing: so many calls pass before the first that fails.
  public func setFault(
    _ fault: Fault?, for service: StandIn, operation: String? = nil, calls: Int? = nil, after passing: Int = 0
  ) {
    change { $0.faults.set(fault, for: service, operation: operation, calls: calls, after: passing) }
  }

  public func clearFaults(_ service: StandIn? = nil) {
    change { state in
      for service in service.map({ [$0] }) ?? StandIn.allCases { state.faults.clear(service) }
    }
  }

  /// How long every answer of a service takes at least.
  public func setDelay(_ delay: Duration, for service: StandIn) {
    change { $0.faults.delays[service] = delay }
  }

  /// Where the product listens, for what the services send to it.
  public func setProductURL(_ url: String?) { setProductURLs(url.map { [$0] } ?? []) }

  /// The same where the product runs several times: the services send to each in turn, as by a load balancer that
  /// passes over whatever refuses the connection.
  public func setProductURLs(_ urls: [String]) { change { $0.productURLs = urls } }

  public func add(_ company: CatalogueCompany) { change { $0.catalogue.add(company) } }
  public func add(_ person: CataloguePerson) { change { $0.catalogue.add(person) } }
  /// Asked about `domain`, Apollo and Clearbit answer about the company of `other`.
  public func confuse(_ domain: String, with other: String) { change { $0.catalogue.confusions[domain] = other } }

  /// How many look-ups a source still gives; nil: no end of them.
  public func setCredits(_ count: Int?, of service: StandIn) {
    change { $0.catalogue.setCredits(count, of: service) }
  }

  public func setClearbitQueues(_ on: Bool) { change { $0.catalogue.clearbitQueues = on } }

  /// Seconds until a new CRM record turns up in searches.
  public func setSearchLag(_ seconds: Double) { change { $0.hubSpot.searchLag = seconds } }
  public func setHubSpotLimits(_ limits: HubSpotLimits?) { change { $0.hubSpot.gate.limits = limits } }
  /// The account's calls of the day are used up, or the day turns.
  public func setHubSpotDaySpent(_ spent: Bool) { change { $0.hubSpot.gate.isDaySpent = spent } }
  /// HubSpot refuses these operations: the token lacks the scope.
  /// What HubSpot's token may do; nil: HubSpot does not tell.
  public func setScopes(_ scopes: Set<String>?) { change { $0.hubSpot.scopes = scopes } }
  /// All but these.
  public func takeScopes(_ scopes: Set<String>) { setScopes(HubSpotScopes.all.subtracting(scopes)) }
  public func setLackingScopes(_ operations: Set<String>) { change { $0.hubSpot.lackingScopes = operations } }
  /// Association calls answer well and link nothing.
  public func setLinksNothing(_ on: Bool) { change { $0.hubSpot.linksNothing = on } }
  public func setConflictForm(_ form: ConflictForm) { change { $0.hubSpot.conflictForm = form } }

  /// Puts a record into the CRM without any check.
  ///
  /// - Returns: its id.
  @discardableResult
  public func addRecord(_ kind: CRMKind, _ properties: [String: String]) -> String {
    change { [now = now()] in $0.hubSpot.create(kind, properties, now: now).id }
  }

  public func setRecord(_ kind: CRMKind, _ id: String, _ properties: [String: String]) {
    change { [now = now()] in $0.hubSpot.set(properties, of: kind, id, now: now) }
  }

  public func archiveRecord(_ kind: CRMKind, _ id: String) { change { $0.hubSpot.archive(kind, id) } }

  public func link(_ from: CRMKind, _ fromID: String, to: CRMKind, _ toID: String) {
    let type = CRMKind.association(from: from, to: to)
    change { $0.hubSpot.link(from, fromID, to, toID, type: type) }
  }

  public func addOwner(_ owner: CRMOwner) { change { $0.hubSpot.owners.append(owner) } }

  public func archiveOwner(_ id: String, _ archived: Bool = true) {
    change { state in
      guard let index = state.hubSpot.owners.firstIndex(where: { $0.id == id }) else { return }
      state.hubSpot.owners[index].archived = archived
    }
  }

  /// Keeps what the service is sent from now on, bodies included, for `requests`.
  public func recordRequests(to service: StandIn) { change { $0.calls.record(service) } }

  public func addChannel(_ channel: Workspace.Channel) { change { $0.slack.add(channel) } }

  public func archiveChannel(_ id: String, _ archived: Bool = true) {
    change { $0.slack.channels[id]?.archived = archived }
  }

  public func setBotMembership(_ channel: String, _ member: Bool) {
    change { state in
      let bot = state.slack.workspace.botUserID
      if member { state.slack.channels[channel]?.members.insert(bot) }
      if !member { state.slack.channels[channel]?.members.remove(bot) }
    }
  }

  public func deactivateUser(_ id: String) {
    change { state in
      guard let index = state.slack.workspace.members.firstIndex(where: { $0.id == id }) else { return }
      state.slack.workspace.members[index].deactivated = true
    }
  }
}
