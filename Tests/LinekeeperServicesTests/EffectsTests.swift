import Synchronization
import Testing

@testable import LinekeeperServices

@Suite struct EffectsTests {
    @Test func `what a change has done after its commit is what its last run asked for`() {
        let done = Mutex<[Int]>([])
        let effects = Effects()
        for run in 1...2 {
            effects.begin()
            for part in 0..<run { effects.add { done.withLock { $0.append(10 * run + part) } } }
        }
        effects.run()
        #expect(done.withLock { $0 } == [20, 21])
    }
}
