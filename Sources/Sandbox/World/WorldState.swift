/// Everything the sandbox keeps, changed only under the lock of `World`.
struct WorldState: Sendable {
  var slack: SlackState
  var hubSpot: HubSpotState
  var catalogue: Catalogue
  var openAI: OpenAIState
  var pinecone: PineconeState
  var faults = FaultBoard()
  var calls = CallLog()
  var keys: Keys
  /// The first of them is the one that is shown.
  var productURLs: [String]
  /// Rises with each change that somebody looking would see.
  var version = 0

  struct Keys: Sendable {
    var apollo: String
    var clearbit: String
  }
}
