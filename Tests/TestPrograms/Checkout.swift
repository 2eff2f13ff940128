import Foundation

/// The checkout that the tests were built from.
package enum Checkout {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The full path of a file of the project.
    package static func path(_ relative: String) -> String { root.appending(path: relative).path }

    /// The interpreter that scripts/setup prepares, or the system's.
    package static var python: String {
        let prepared = path(".venv/bin/python")
        return FileManager.default.isExecutableFile(atPath: prepared)
            ? prepared : "/usr/bin/python3"
    }
}
