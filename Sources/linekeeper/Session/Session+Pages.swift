import ArgumentParser
import LinekeeperProto

/// How much of a list to fetch.
struct ListOptions: ParsableArguments {
    @Option(
        name: [.short, .long], help: ArgumentHelp("Show this many at most.", valueName: "count"))
    var limit = 100

    @Flag(help: "Show every one.")
    var all = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is at least 1.") }
    }

    /// `nil`: everything.
    var countMax: Int? { all ? nil : limit }
}

extension Session {
    private static let pageSizeMax = 1000

    /// Fetches a list page by page into one answer.
    ///
    /// - Parameters:
    ///   - countMax: How many items to ask for; `nil` is every one.
    ///   - merge: Appends the items of a page to the answer so far, and takes over its token.
    func pages<Response: ProtoMessage>(
        _ countMax: Int?, _ fetch: (Proto.PageRequest) async throws(CLIError) -> Response,
        next: (Response) -> String, merge: (inout Response, Response) -> Void
    ) async throws(CLIError) -> Response {
        var remaining = countMax ?? .max
        var token = ""
        var merged: Response?
        repeat {
            let size = min(remaining, Self.pageSizeMax)
            let page = try await fetch(
                .with {
                    $0.pageSize = UInt32(clamping: size)
                    $0.pageToken = token
                })
            let following = next(page)
            if var soFar = merged {
                merge(&soFar, page)
                merged = soFar
            } else {
                merged = page
            }
            remaining -= size
            guard following != token else { break }
            token = following
        } while remaining > 0 && !token.isEmpty
        return merged ?? Response()
    }

    /// Says that a list goes on, where it does.
    func noteRest(_ nextPageToken: String) {
        guard !nextPageToken.isEmpty else { return }
        output.note("There are more: add --limit COUNT or --all.", .faint)
    }
}
