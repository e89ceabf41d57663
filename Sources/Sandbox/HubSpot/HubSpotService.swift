/// The CRM's front: checks token and limits, reads the request, and calls what the path names.
enum HubSpotService {
  static func answer(_ route: HubSpotRoute, _ inbound: Inbound, _ state: inout HubSpotState) -> Reply {
    var reply: Reply
    do throws(HubSpotRefusal) {
      guard inbound.bearer == state.token else { throw .unauthenticated }
      let isAllowed = route.scope.map { state.scopes?.contains($0) ?? true } ?? true
      guard isAllowed, !state.lackingScopes.contains(route.operation) else { throw .lacksScope }
      try state.gate.admit(isSearch: route.isSearch)
      reply = try dispatch(route, inbound, RequestRules.check(route, inbound), &state)
    } catch {
      if error.isViolation { state.violations.append("\(route.operation): \(error.body["message"].text ?? "")") }
      reply = error.reply
    }
    reply.headers += state.gate.headers(isSearch: route.isSearch)
    return reply
  }

  private static func dispatch(
    _ route: HubSpotRoute, _ inbound: Inbound, _ body: JSON, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> Reply {
    switch route {
    case .create(let kind): try RecordCalls.create(kind, body, now: inbound.now, &state)
    case .search(let kind): .json(try HubSpotSearch(kind: kind, body: body, now: inbound.now).answer(state))
    case .batchRead(let kind): try RecordCalls.batchRead(kind, body, state)
    case .batchCreate(let kind): try BatchCalls.create(kind, body, now: inbound.now, &state)
    case .batchUpdate(let kind): try BatchCalls.update(kind, body, now: inbound.now, &state)
    case .read(let kind, let id): try RecordCalls.read(kind, id, inbound, state)
    case .update(let kind, let id): try RecordCalls.update(kind, id, inbound, body, &state)
    case .archive(let kind, let id): RecordCalls.archive(kind, id, &state)
    case .putDefault(let from, let id, let to, let other):
      try AssociationCalls.putDefault(from, id, to, other, &state)
    case .putLabelled(let from, let id, let to, let other):
      try AssociationCalls.putLabelled(from, id, to, other, body, &state)
    case .readAssociations(let from, let to): AssociationCalls.readBatch(from, to, body, state)
    case .associate(let from, let to): try AssociationCalls.associateBatch(from, to, body, &state)
    case .owners, .owner, .properties, .property, .createProperty, .createGroup, .list, .addToList, .sequences,
      .enroll, .enrollment, .details, .tokenInfo, .unknown:
      try account(route, inbound, body, &state)
    }
  }

  private static func account(
    _ route: HubSpotRoute, _ inbound: Inbound, _ body: JSON, _ state: inout HubSpotState
  ) throws(HubSpotRefusal) -> Reply {
    switch route {
    case .owners: AccountCalls.owners(inbound, state)
    case .owner(let id): try AccountCalls.owner(id, state)
    case .properties(let kind): AccountCalls.properties(kind, state)
    case .property(let kind, let name): try AccountCalls.property(kind, name, state)
    case .createProperty(let kind): try AccountCalls.createProperty(kind, body, &state)
    case .createGroup(let kind): try AccountCalls.createGroup(kind, body, &state)
    case .list(let list): try NurtureCalls.list(list, state)
    case .addToList(let list): try AccountCalls.addToList(list, body, &state)
    case .sequences: try NurtureCalls.sequences(inbound, state)
    case .enroll: try SequenceCalls.enroll(inbound, body, &state)
    case .enrollment(let contact): try SequenceCalls.enrollment(contact, state)
    case .details: AccountCalls.details(state)
    case .tokenInfo: try AccountCalls.tokenInfo(body, state)
    default: throw .noSuchResource
    }
  }
}
