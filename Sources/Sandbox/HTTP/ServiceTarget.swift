/// Which service a path names, and what is asked of it.
struct ServiceTarget: Sendable {
  var service: StandIn
  /// As the service names it; what faults and the call log go by.
  var operation: String
  var kind: Kind

  enum Kind: Sendable {
    case slackMethod(String)
    case slackResponse(String)
    case hubSpot(HubSpotRoute)
    case apollo
    case clearbit
    case openAI(OpenAIRoute)
    case pinecone(PineconeRoute)
  }

  init?(_ inbound: Inbound) {
    let path = Array(inbound.segments.dropFirst())
    guard let service = inbound.segments.first.flatMap(StandIn.init(rawValue:)) else { return nil }
    self.service = service
    switch service {
    case .slack where path.first == "response":
      operation = "response_url"
      kind = .slackResponse(path.dropFirst().first ?? "")
    case .slack:
      operation = path.dropFirst().first ?? "unknown"
      kind = .slackMethod(operation)
    case .hubspot:
      let route = HubSpotRoute(inbound.method, path)
      operation = route.operation
      kind = .hubSpot(route)
    case .apollo:
      operation = ApolloService.operation(path)
      kind = .apollo
    case .clearbit:
      operation = ClearbitService.operation(path)
      kind = .clearbit
    case .openai:
      let route = OpenAIRoute(inbound.method, path)
      operation = route.operation
      kind = .openAI(route)
    case .pinecone:
      let route = PineconeRoute(inbound.method, path)
      operation = route.operation
      kind = .pinecone(route)
    }
  }

  /// Does what is asked, and says how.
  func answer(_ inbound: Inbound, _ state: inout WorldState) -> Reply {
    switch kind {
    case .slackMethod(let method): SlackService.answer(method, inbound, &state.slack)
    case .slackResponse(let id): ResponseURL.answer(id, inbound, &state.slack)
    case .hubSpot(let route): HubSpotService.answer(route, inbound, &state.hubSpot)
    case .apollo: ApolloService.answer(operation, inbound, key: state.keys.apollo, &state.catalogue)
    case .clearbit: ClearbitService.answer(operation, inbound, key: state.keys.clearbit, &state.catalogue)
    case .openAI(let route): OpenAIService.answer(route, inbound, &state.openAI)
    case .pinecone(let route): PineconeService.answer(route, inbound, &state.pinecone)
    }
  }

  private var pineconeRoute: PineconeRoute { if case .pinecone(let route) = kind { route } else { .unknown } }

  /// The 401, 429 and 5xx answers of each service.
  func failure(_ status: Int, retryAfter: Int?) -> Reply {
    let headers = retryAfter.map { [(name: "retry-after", value: String($0))] } ?? []
    switch (service, status) {
    case (.slack, 401): return .json(["ok": false, "error": "invalid_auth"])
    case (.hubspot, 401): return HubSpotRefusal.unauthenticated.reply
    case (.apollo, 401): return ApolloService.unauthorized
    case (.clearbit, 401): return ClearbitService.unauthorized
    case (.slack, 429): return .json(["ok": false, "error": "ratelimited"], status: 429, headers: headers)
    case (.hubspot, 429):
      return .json(
        [
          "status": "error", "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING",
          "message": "You have reached your ten_secondly_rolling limit.",
          "correlationId": "00000000-0000-4000-8000-000000000429",
        ], status: 429, headers: headers)
    case (.openai, 401): return OpenAIError(401, "Incorrect API key provided.", code: "invalid_api_key").reply
    case (.openai, 429):
      let message = "Rate limit reached for requests."
      var reply = OpenAIError(429, message, type: "requests", code: "rate_limit_exceeded").reply
      reply.headers += headers
      return reply
    case (.openai, _):
      let message = "The server had an error while processing your request. Sorry about that!"
      return OpenAIError(status, message, type: "server_error", code: nil).reply
    case (.pinecone, 401): return PineconeRefusal.unauthenticated.reply(for: pineconeRoute)
    case (.pinecone, _):
      let name = status == 429 ? "RESOURCE_EXHAUSTED" : "UNAVAILABLE"
      let refusal = PineconeRefusal(
        status: status, code: status == 429 ? 8 : 14, name: name, message: "The service can't answer now.")
      var reply = refusal.reply(for: pineconeRoute)
      reply.headers += headers
      return reply
    case (_, 429):
      return .json(["message": "The maximum number of api calls is reached."], status: 429, headers: headers)
    default: return .text("upstream connect error", status: status)
    }
  }
}
