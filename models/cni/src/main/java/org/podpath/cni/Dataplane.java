package org.podpath.cni;

import org.podpath.engine.datapath.Match;

/** Who evaluates a list of rules. */
public enum Dataplane {
  /** iptables with the kernel's own tables (x_tables). */
  LEGACY(""),
  /** iptables that writes its rules for nf_tables. */
  NFT("nft "),
  /** Rules of nf_tables as its own tool writes them. */
  NFT_NATIVE("nft ");

  /** ipt_entry 112 and target 40 (Linux, include/uapi/linux/netfilter_ipv4/ip_tables.h). */
  private static final int ENTRY_BYTES = 152;

  /** An xt_tcp or xt_udp match: 32 of header, 16 of its own (Linux uapi). */
  private static final int PORT_MATCH_BYTES = 48;

  /** An xt_comment match: 32 of header, 256 of text (Linux uapi). */
  private static final int COMMENT_BYTES = 288;

  /** xt_set and xt_conntrack matches. assumption: 32 of header and about 150 of their own. */
  private static final int MODULE_BYTES = 184;

  /** assumption: chain link, expressions and counter of a rule of nf_tables. */
  private static final int NFT_BYTES = 300;

  private final String prefix;

  Dataplane(String prefix) {
    this.prefix = prefix;
  }

  /** As in the cost file: what a rule costs that ends with {@code match}. */
  String operation(Match match) {
    return prefix + "rule: " + match.inWords();
  }

  /** What every rule costs on top where the table does not fit the cache. */
  String beyondCache() {
    return prefix + "rule of a table beyond cache";
  }

  /** Size of such a rule in the kernel. */
  int ruleBytes(Match match) {
    if (this != LEGACY) {
      return NFT_BYTES;
    }
    return ENTRY_BYTES + switch (match) {
      case ADDRESS_MISMATCH, INTERFACE_MISMATCH -> 0;
      case ADDRESS_HIT_PORT_MISS -> PORT_MATCH_BYTES;
      case COMMENT -> COMMENT_BYTES;
      case SET, CONNTRACK_STATE -> MODULE_BYTES;
    };
  }
}
