package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.Itself;
import org.podpath.experiments.yaml.Range;

/** One step of a path. */
@Explain("A step: the name of an operation of the cost file (podpath list operations), or one of"
    + " these.")
public sealed interface PathStep {
  /** More of anything than this is a mistake. */
  int MOST = 10_000_000;

  /** An operation by name. */
  @Explain("An operation of the cost file that is charged for a packet, or for the first of a"
      + " connection; VXLAN, IPIP and Geneve encapsulate and decapsulate bring their headers. Or drop,"
      + " or forward (out of another network card), which end the way of a datagram.")
  record Operation(
      @Explain("Name of an operation of the cost file.")
      @Itself(anyWord = true) String name) implements PathStep {}

  /** Bridges in a row. */
  @Explain("Linux bridges one behind the other, each left through a veth.")
  record Bridge(
      @Explain("Linux bridges one behind the other, each left through a veth.")
      @Itself @Range(least = 1, most = 1_000) int count) implements PathStep {}

  /** Routers in a row. */
  @Explain("Routing namespaces one behind the other, each left through a veth.")
  record Router(
      @Explain("Routing namespaces one behind the other, each left through a veth.")
      @Itself @Range(least = 1, most = 1_000) int count) implements PathStep {}

  /** The same operation several times. */
  @Explain("An operation several times.")
  record Repeat(
      @Explain("Name of an operation of the cost file.") String operation,
      @Explain("How often.") @Range(least = 1, most = 1_000) int times) implements PathStep {}

  /** A table of rules. */
  @Explain("Rules that packets walk, a table of their own.")
  record Rules(
      @Explain("How far the evaluation of each gets before it is known not to match.")
      @Default("address mismatch") RuleKind kind,
      @Explain("Rules.") @Range(least = 1, most = MOST) int count,
      @Explain("Who evaluates them.") @Default("legacy") Dataplane dataplane,
      @Explain("Which packets walk them.") @Default("every-packet") Walk walk)
      implements PathStep {}

  /** A set. */
  @Explain("A search in a set, by a rule or program of its own.")
  record Set(
      @Explain("What is searched.") SetKind kind,
      @Explain("Entries.") @Default("1") @Range(least = 1, most = MOST) int entries,
      @Explain("Different lengths of prefix that an ipset tries one after the other.")
      @Default("1") @Range(least = 1, most = 128) int prefixLengths) implements PathStep {}

  /** What a rule is decided by. */
  enum RuleKind {
    /** The first thing looked at. */
    @Explain("the address differs.") ADDRESS_MISMATCH,
    /** The protocol's match is entered. */
    @Explain("the address is right, the port differs.") ADDRESS_HIT_PORT_MISS,
    /** As early as an address. */
    @Explain("the interface differs.") INTERFACE_MISMATCH,
    /** A comment beside the address. */
    @Explain("the address differs; the rule has a comment.") COMMENT,
    /** A set is searched. */
    @Explain("the address is not in a set.") SET,
    /** The connection's state is looked at. */
    @Explain("the state of the connection differs.") CONNTRACK_STATE;

    /** As in the cost file. */
    @Override
    public String toString() {
      return words(this);
    }
  }

  /** What can be searched. */
  enum SetKind {
    /** Networks. */
    @Explain("an ipset of the type hash:net.") IPSET,
    /** A set without ranges. */
    @Explain("a set of nftables without ranges.") NFT_HASH,
    /** Values are verdicts. */
    @Explain("a verdict map of nftables.") NFT_MAP,
    /** A set with ranges. */
    @Explain("a set of nftables with ranges.") NFT_INTERVAL,
    /** A hash map. */
    @Explain("a hash map of eBPF.") EBPF_HASH,
    /** A trie. */
    @Explain("longest prefixes of eBPF.") EBPF_LPM;

    /** As scenarios write it. */
    @Override
    public String toString() {
      return words(this);
    }
  }

  /** Who evaluates rules. */
  enum Dataplane {
    /** The kernel's own tables. */
    @Explain("iptables-legacy.") LEGACY,
    /** The translation. */
    @Explain("iptables-nft.") NFT,
    /** The successor. */
    @Explain("rules of nft itself.") NFT_NATIVE
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
