/// A service that the sandbox stands in for.
public enum StandIn: String, Sendable, CaseIterable {
  case slack
  case hubspot
  case apollo
  case clearbit
  case openai
  case pinecone
}
