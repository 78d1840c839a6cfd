package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of the pods that jobs make: {@code blue-train-0}, and for the second training of tenant
 * blue {@code blue-2-train-0}.
 */
final class PodNames {
  /** Role and tenant of every group so far, as they begin the names of its pods. */
  private final Set<String> taken = new HashSet<>();
  /** Numbers below these are taken; by tenant and roles. */
  private final Map<String, Integer> nextNumber = new HashMap<>();

  /** Pods that do the same. */
  record Group(String role, int pods) {

    private String prefix(String owner) {
      return owner + "-" + role + "-";
    }
  }

  /** Names that no job before has, group after group. */
  List<String> make(String tenant, List<Group> groups) {
    String roles = tenant + groups.stream().map(Group::role).toList();
    int number = nextNumber.getOrDefault(roles, 1);
    while (isTaken(owner(tenant, number), groups)) {
      number++;
    }
    nextNumber.put(roles, number + 1);
    List<String> names = new ArrayList<>();
    for (Group group : groups) {
      String prefix = group.prefix(owner(tenant, number));
      taken.add(prefix);
      for (int i = 0; i < group.pods(); i++) {
        names.add(prefix + i);
      }
    }
    return List.copyOf(names);
  }

  private boolean isTaken(String owner, List<Group> groups) {
    return groups.stream().anyMatch(group -> taken.contains(group.prefix(owner)));
  }

  private static String owner(String tenant, int number) {
    return number == 1 ? tenant : tenant + "-" + number;
  }
}
