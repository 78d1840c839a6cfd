package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.engine.datapath.Transport.Control;
import org.podpath.engine.datapath.Transport.Dcqcn;
import org.podpath.engine.datapath.Transport.Roce;
import org.podpath.engine.datapath.Transport.Tcp;

/** From the words of a scenario to a transport of the engine. */
class TransportTest {
  @TempDir
  Path folder;

  @Test
  void withoutAWordItIsThatOfAnUnconfiguredLinux() {
    assertThat(read("{cni: cilium}")).isEqualTo(Tcp.LINUX);
    assertThat(read("{cni: cilium, transport: cubic}")).isEqualTo(Tcp.LINUX);
    assertThat(read("{cni: cilium, transport: {tcp: {}}}")).isEqualTo(Tcp.LINUX);
  }

  @Test
  void aWordAloneHasTheNumbersOfTheEngine() {
    Tcp linux = Tcp.LINUX;

    assertThat(read("{cni: host, transport: reno}")).isEqualTo(
        new Tcp(
            Control.RENO, linux.initialSegments(), linux.windowBytes(), linux.leastTimeoutPs()));
    assertThat(read("{cni: host, transport: dctcp}")).isEqualTo(
        new Tcp(
            Control.DCTCP, linux.initialSegments(), linux.windowBytes(), linux.leastTimeoutPs()));
    assertThat(read("{cni: host, transport: roce}")).isEqualTo(Roce.DCQCN);
    assertThat(read("{cni: host, transport: {roce: {}}}")).isEqualTo(Roce.DCQCN);
  }

  @ParameterizedTest
  @EnumSource
  void everyControlOfTheEngineHasAWord(Control control) {
    String word = control.name().toLowerCase(java.util.Locale.ROOT);

    assertThat(read("{cni: host, transport: " + word + "}"))
        .isEqualTo(read("{cni: host, transport: {tcp: {control: " + word + "}}}"))
        .isInstanceOfSatisfying(Tcp.class, tcp -> assertThat(tcp.control()).isEqualTo(control));
  }

  @Test
  void everyNumberOfTcpCanBeWritten() {
    assertThat(read("{cni: host, transport: {tcp: {control: dctcp, window: 4MB,"
        + " initial-window: 3, least-timeout: 1ms}}}"))
            .isEqualTo(new Tcp(Control.DCTCP, 3, 4_000_000, 1_000_000_000));
  }

  @Test
  void everyNumberOfRoceCanBeWritten() {
    assertThat(read("{cni: host, transport: {roce: {window: 1MB, least-timeout: 2ms, gain: 0.25,"
        + " additive-increase: 5Mbps, hyper-increase: 50Mbps, notification-interval: 4us,"
        + " alpha-timer: 6us, rate-timer: 300us, byte-counter: 32MB}}}"))
            .isEqualTo(
                new Roce(
                    1_000_000,
                    2_000_000_000,
                    new Dcqcn(
                        0.25, 5_000_000, 50_000_000, 4_000_000, 6_000_000, 300_000_000,
                        32_000_000)));
  }

  /** Each row stands for the transport of the small scenario, on line 3. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "cubik | transport: found 'cubik'; write one of [cubic, reno, dctcp, roce] or a map with one"
          + " of the keys [tcp, roce]",
      "{tpc: {}} | unknown key 'tpc' (tcp, roce); write 'tcp'",
      "{tcp: {}, roce: {}} | transport: found a map; write one of [cubic, reno, dctcp, roce] or a"
          + " map with one of the keys [tcp, roce]",
      "{tcp: {control: vegas}} | control: 'vegas' is not known; write one of [cubic, reno, dctcp]",
      "{tcp: {window: 0B}} | window: '0B' is too small; write at least 1B",
      "{tcp: {window: 64}} | window: '64' is not a size; write a number and one of [B, kB, MB, GB,"
          + " TB, KiB, MiB, GiB, TiB]",
      "{tcp: {initial-window: 0}} | initial-window: '0' is not a whole number from 1 to 1048576;"
          + " write one",
      "{tcp: {least-timeout: 0ms}} | least-timeout: '0ms' is too small; write at least 1ps",
      "{roce: {window: 0B}} | window: '0B' is too small; write at least 1B",
      "{roce: {gain: 2}} | gain: '2' is not a number from 0 to 1; write one, such as 0.5",
      "{roce: {byte-counter: 0B}} | byte-counter: '0B' is too small; write at least 1B",
      "{roce: {control: cubic}} | unknown key 'control' (window, least-timeout, gain,"
          + " additive-increase, hyper-increase, notification-interval, alpha-timer, rate-timer,"
          + " byte-counter); write one of these",
  })
  void aFaultIsReportedAtItsLine(String transport, String fault) {
    String text = Scenarios.SMALL.replace("cilium", "cilium, transport: " + transport);

    assertThat(Scenarios.faults(folder, text)).containsExactly("x.yaml:3: " + fault);
  }

  private org.podpath.engine.datapath.Transport read(String network) {
    String text = Scenarios.SMALL.replace("{cni: cilium}", network);
    return Scenarios.read(folder, text)
        .points()
        .getFirst()
        .scenario()
        .network()
        .transport()
        .transport();
  }
}
