package io.nodeledger.model.workspace;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Credits as a child would keep them: in cents, moved one coin at a time. It knows nothing of the model but the rules
 * (source: rulings 13).
 */
final class CoinLedger {
    static final long HOLD = 8640;

    final TreeMap<String, Long> holds = new TreeMap<>();
    long available;
    long owed;
    long charged;
    long granted;
    private @Nullable LocalDate chargedThrough;

    void grant(long coins) {
        granted += coins;
        receive(coins);
    }

    boolean admit(String node) {
        if (owed > 0 || available < HOLD || holds.containsKey(node)) {
            return false;
        }
        available -= HOLD;
        holds.put(node, HOLD);
        return true;
    }

    boolean holdAgain(String node) {
        long missing = HOLD - holds.getOrDefault(node, 0L);
        if (!holds.containsKey(node) || owed > 0 || available < missing) {
            return false;
        }
        available -= missing;
        holds.put(node, HOLD);
        return true;
    }

    void releaseHold(String node) {
        if (holds.containsKey(node)) {
            long left = holds.getOrDefault(node, 0L);
            holds.put(node, 0L);
            receive(left);
        }
    }

    void release(String node) {
        Long left = holds.remove(node);
        if (left != null) {
            receive(left);
        }
    }

    void charge(LocalDate day, long accrued, Map<String, Long> costs) {
        if ((chargedThrough != null && !day.isAfter(chargedThrough)) || accrued == charged) {
            return;
        }
        chargedThrough = day;
        if (accrued < charged) {
            receive(charged - accrued);
        }
        var own = new TreeMap<>(costs);
        for (long coin = charged; coin < accrued; coin++) {
            if (available > 0) {
                available--;
            } else if (!drawOnOwnHold(own) && !drawOnAnyHold(costs)) {
                owed++;
            }
        }
        charged = accrued;
    }

    private boolean drawOnOwnHold(Map<String, Long> unpaid) {
        for (var node : unpaid.entrySet()) {
            if (node.getValue() > 0 && holds.getOrDefault(node.getKey(), 0L) > 0) {
                node.setValue(node.getValue() - 1);
                holds.merge(node.getKey(), -1L, Long::sum);
                return true;
            }
        }
        return false;
    }

    private boolean drawOnAnyHold(Map<String, Long> costs) {
        for (var node : new TreeMap<>(costs).entrySet()) {
            if (node.getValue() > 0 && holds.getOrDefault(node.getKey(), 0L) > 0) {
                holds.merge(node.getKey(), -1L, Long::sum);
                return true;
            }
        }
        return false;
    }

    private void receive(long coins) {
        long pays = Math.min(owed, coins);
        owed -= pays;
        available += coins - pays;
    }

    long held() {
        return holds.values().stream().mapToLong(Long::longValue).sum();
    }
}
