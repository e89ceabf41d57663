/// A checked prompt file: what the model is told, in which shape it answers, and the settings of the call.
public struct Prompt: Sendable {
  /// `[A-Za-z0-9_-]`, at most 64.
  public var name: String
  /// The content hash of its file.
  public var version: String
  /// Nil: the model's own.
  public var temperature: ExactDecimal?
  public var maxOutputTokens: Int
  /// What the lead's data may come to, by `TokenEstimate`.
  public var maxLeadTokens: Int
  public var schema: JSONSchema
  /// The same for every lead, so that the service can cache it.
  public var system: String
  /// The user message around a lead's data.
  public var user: @Sendable (_ lead: String) -> String

  public init(
    name: String, version: String, temperature: ExactDecimal?, maxOutputTokens: Int, maxLeadTokens: Int,
    schema: JSONSchema, system: String, user: @escaping @Sendable (String) -> String
  ) {
    self.name = name
    self.version = version
    self.temperature = temperature
    self.maxOutputTokens = maxOutputTokens
    self.maxLeadTokens = maxLeadTokens
    self.schema = schema
    self.system = system
    self.user = user
  }
}

/// The prompts in force.
public struct Prompts: Sendable {
  public var scoring: Prompt
  public var summary: Prompt

  public init(scoring: Prompt, summary: Prompt) {
    self.scoring = scoring
    self.summary = summary
  }
}
