/// What is wrong with one variable. Names the variable, never its value.
public struct EnvironmentProblem: Sendable, Equatable, CustomStringConvertible {
  public var variable: String
  public var message: String

  public init(_ variable: Variable, _ message: String) {
    self.variable = variable.name
    self.message = message
  }

  public init(file: String, _ message: String) {
    variable = file
    self.message = message
  }

  public var description: String { "\(variable): \(message)" }
}

/// Everything that is wrong with the environment, at once. Baton does not start.
public struct EnvironmentError: Error, Sendable, Equatable, CustomStringConvertible {
  public let problems: [EnvironmentProblem]

  public init(problems: [EnvironmentProblem]) { self.problems = problems }

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
