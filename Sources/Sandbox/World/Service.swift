/// A service that the sandbox stands in for.
public enum Service: String, Sendable, CaseIterable {
  case slack
  case hubspot
  case apollo
  case clearbit
}
