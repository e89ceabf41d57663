import Pipeline
import ServiceLifecycle

/// The pipeline in the service group: told to stop, it begins nothing more and ends when what runs has ended.
struct PipelineService: Service {
  let pipeline: Pipeline

  func run() async throws {
    await withGracefulShutdownHandler {
      await pipeline.run()
    } onGracefulShutdown: {
      pipeline.stop()
    }
  }
}
