import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// Another program that a test runs beside itself.
///
/// It inherits no descriptor of the tests, and does not outlive its ``Program``.
package final class Program: Sendable {
    /// How a program has ended.
    package enum Exit: Hashable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    /// Why a program could not do what a test needs, in words that say what to do.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// How the program has ended, if it has; locked while a signal is sent, for after its end the
    /// number may be another's.
    private final class Ending: Sendable {
        let exit = Mutex<Exit?>(nil)
    }

    private let processID: pid_t
    private let known: Ending
    private let running: Task<Exit, Never>
    private let out: NamelessFile
    private let err: NamelessFile

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The executable's path, or a name that `PATH` leads to.
    ///   - input: All that its standard input has.
    ///   - environment: All of its environment; `nil` gives it that of the tests.
    ///   - directory: Its working directory; `nil` gives it that of the tests.
    /// - Throws: ``Failure`` when it cannot be started.
    package init(
        _ path: String, _ arguments: [String], input: String = "",
        environment: [String: String]? = nil, directory: String? = nil
    ) async throws {
        let files = (
            input: try NamelessFile(input), out: try NamelessFile(), err: try NamelessFile()
        )
        let configuration = Configuration(
            executable: path.contains("/") ? .path(FilePath(path)) : .name(path),
            arguments: Arguments(arguments),
            environment: environment.map(Self.environment) ?? .inherit,
            workingDirectory: directory.map { FilePath($0) })
        let (starts, start) = AsyncThrowingStream.makeStream(of: pid_t.self)
        let known = Ending()
        // A task of its own, for the program runs while the test does other things. `exit()` hands
        // on that the test is cancelled, and `deinit` that nobody can wait any more: either kills
        // the program.
        running = Task {
            var exit = Exit.code(-1)
            do {
                let ended = try await Subprocess.run(
                    configuration, input: .file(files.input), output: .file(files.out),
                    error: .file(files.err)
                ) { start.yield($0.processIdentifier.value) }
                switch ended.terminationStatus {
                case .exited(let code): exit = .code(code)
                case .signaled(let number): exit = .signal(number)
                }
            } catch {
                start.finish(throwing: error)
            }
            known.exit.withLock { $0 = exit }
            return exit
        }
        (self.known, out, err) = (known, files.out, files.err)
        do {
            var first = starts.makeAsyncIterator()
            guard let started = try await first.next() else { throw CancellationError() }
            processID = started
        } catch let error as SubprocessError {
            throw Failure(description: "\(path) does not start: run scripts/setup (\(error))")
        } catch {
            running.cancel()
            throw error
        }
    }

    deinit { running.cancel() }

    private static func environment(_ variables: [String: String]) -> Environment {
        .custom(
            Dictionary(
                uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) }))
    }

    /// What it has written on standard output so far.
    package var output: [UInt8] { out.content }

    /// What it has written on standard error so far.
    package var complaints: String { String(decoding: err.content, as: UTF8.self) }

    /// How it has ended; `nil` while it runs.
    package var ending: Exit? { known.exit.withLock { $0 } }

    /// Waits for its end; a test that is cancelled brings it about (SIGKILL).
    package func exit() async -> Exit {
        await withTaskCancellationHandler {
            await running.value
        } onCancel: {
            running.cancel()
        }
    }

    /// Sends a signal, unless it has ended.
    package func signal(_ number: Int32) {
        known.exit.withLock { exit in
            if exit == nil { _ = kill(processID, number) }
        }
    }

    /// Runs a program that must succeed; answers what it wrote on standard output.
    ///
    /// - Throws: ``Failure`` with all that it wrote when it does not.
    package static func run(
        _ path: String, _ arguments: [String], input: String = "",
        environment: [String: String]? = nil, directory: String? = nil
    ) async throws -> [UInt8] {
        let program = try await Program(
            path, arguments, input: input, environment: environment, directory: directory)
        let exit = await program.exit()
        guard exit == .code(0) else {
            let said = program.complaints + String(decoding: program.output, as: UTF8.self)
            throw Failure(
                description: "\(path) ended with \(exit); has scripts/setup been run?\n\(said)")
        }
        return program.output
    }
}
