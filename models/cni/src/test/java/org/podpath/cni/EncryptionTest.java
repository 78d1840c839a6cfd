package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Stage;

class EncryptionTest {
  private static final Kernel KERNEL = new Kernel(Profiles.of("ref"));

  @ParameterizedTest
  @CsvSource({"weave, 5400", "cilium, 770", "ovn-kubernetes, 770"})
  void costsEachByteOnceAtBothEndsAndNothingWithinAHost(String id, double psPerByte) {
    CniCatalog network = CniCatalog.of(id);
    Cni plain = network.plain(KERNEL);

    Cni hidden = network.encrypted(Encryption.IPSEC, plain, KERNEL);

    assertThat(perByte(hidden.send(), CoreRole.APP) - perByte(plain.send(), CoreRole.APP))
        .isEqualTo(psPerByte);
    assertThat(
        perByte(hidden.receive(), CoreRole.SOFTIRQ) - perByte(plain.receive(), CoreRole.SOFTIRQ))
            .isEqualTo(psPerByte);
    assertThat(hidden.sameHost()).isEqualTo(plain.sameHost());
  }

  /** 40 bytes, inside the MTU, around everything else; and no ports that tell flows apart. */
  @ParameterizedTest
  @CsvSource({"weave", "cilium", "ovn-kubernetes"})
  void isOutermostAndHidesFlows(String id) {
    CniCatalog network = CniCatalog.of(id);
    Cni plain = network.plain(KERNEL);

    Cni hidden = network.encrypted(Encryption.IPSEC, plain, KERNEL);

    assertThat(hidden.send().headerBytes()).isEqualTo(plain.send().headerBytes() + 40);
    assertThat(hidden.receive().headerBytes()).isEqualTo(-hidden.send().headerBytes());
    assertThat(hidden.send().hidesFlows()).isTrue();
    assertThat(wraps(hidden.send()).getLast()).isEqualTo("ESP headers");
    assertThat(wraps(hidden.receive()).getFirst()).isEqualTo("ESP headers off");
  }

  /** Linux takes the ports of a provider's VXLAN from the headers inside, which it cannot read here. */
  @Test
  void hidesFlowsFromTheProviderToo() {
    Cni hidden =
        CniCatalog.WEAVE.encrypted(Encryption.IPSEC, CniCatalog.WEAVE.plain(KERNEL), KERNEL);

    assertThat(Underlay.VXLAN.carrying(hidden, KERNEL).send().hidesFlows()).isTrue();
  }

  @Test
  void aGuestEncryptsBeforeItsOwnCard() {
    Kernel guest = KERNEL.within(Machine.KVM);
    Cni hidden =
        CniCatalog.CILIUM.encrypted(Encryption.IPSEC, CniCatalog.CILIUM.plain(guest), guest);

    List<String> out = names(hidden.send());
    List<String> in = names(hidden.receive());

    assertThat(out.indexOf("ESP encrypt")).isLessThan(out.indexOf("kick the host"));
    assertThat(in.indexOf("ESP decrypt")).isGreaterThan(in.indexOf("vhost packet"));
  }

  @Test
  void networksThatDoNotKnowItSayWhichDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CniCatalog.FLANNEL.encrypted(
                Encryption.IPSEC, CniCatalog.FLANNEL.plain(KERNEL), KERNEL))
        .withMessage(
            "flannel does not know 'ipsec'; write none, or a cni out of"
                + " [cilium, ovn-kubernetes, weave]");
  }

  private static double perByte(Datapath way, CoreRole start) {
    return Segment.of(way, Profiles.of("ref"), start).getFirst().ps(Per.BYTE);
  }

  private static List<String> names(Datapath way) {
    return way.stages().stream().map(Stage::name).toList();
  }

  private static List<String> wraps(Datapath way) {
    List<String> names = new ArrayList<>();
    for (Stage stage : way.stages()) {
      if (stage instanceof Stage.Wrap wrap && wrap.headerBytes() != 0) {
        names.add(wrap.name());
      }
    }
    return names;
  }
}
