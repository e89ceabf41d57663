import App
import ArgumentParser
import Foundation
import PolicyFiles
import RevOps

/// What commands print, and how they end.
enum Output {
  static func print(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// The checked policy of a folder; complains about everything that is wrong and ends with 1 otherwise.
  static func policy(folder: String, showsWarnings: Bool = false) throws -> LoadedPolicy {
    do {
      let loaded = try PolicyLoader(folder: folder).load()
      if showsWarnings { for warning in loaded.warnings { complain(warning.detailed) } }
      return loaded
    } catch {
      for diagnostic in error.diagnostics { complain(diagnostic.detailed) }
      let errors = error.diagnostics.count { $0.severity == .error }
      complain("\(errors) \(errors == 1 ? "error" : "errors"): this configuration would not go live")
      throw ExitCode(1)
    }
  }

  /// The leads of the store that the environment names; complains and ends with 3 where there is none to read.
  static func past<Value>(
    _ environment: BatonEnvironment, _ body: (PastLeads) async throws -> Value
  ) async throws -> Value {
    do {
      return try await PastLeads.within(environment, body)
    } catch let error as StorageError {
      complain("\(environment.storePlace): \(error.detail)")
      throw ExitCode(3)
    }
  }

  static func text(of file: String) throws -> String {
    let data = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
    guard let data else { throw ValidationError("\(file) can't be read") }
    guard let text = String(validating: data, as: UTF8.self) else { throw ValidationError("\(file) is not UTF-8") }
    return text
  }
}
