/** What the page says in Chinese: the catalogue that gives the English one its shape. */
export const zh = {
  brand: '明贷 · 结单核验',
  title: '结单核验',
  otherLanguage: 'English',
  skip: '跳到正文',
  tagline: '这份结单算得对吗？',
  lead: '把出借人给您的结单（statement.json）放到这里。本页按合同和每一笔事件，把每个数字重新算一遍，并核对签名：对的说对，不对的指出第一处在哪里、应是多少。',
  promises: ['不上传：文件只在本机读取和计算，本页被禁止联网。', '不信任何现成数字：余额、利息、罚息、每一期，全部重新计算。', '有意义的内容改动一个字节也查得出，并指出改在哪里。'],
  drop: '选择结单文件',
  dropHint: '或把文件拖到页面任何位置，也可直接粘贴文字 · 可一次放多份 · 每份至多 20 MB',
  dropNow: '松开即可核验',
  pasteTitle: '粘贴结单文字',
  pasteLabel: '结单文字（以 { 开头）',
  pasteGo: '核验这段文字',
  pastedName: '粘贴的文字',
  examples: '没有结单？看一个例子',
  exampleGood: '完好的结单',
  exampleTampered: '被改动过的结单',
  exampleNames: { good: '示例：完好的结单', tampered: '示例：被改动过的结单' },
  again: '核验另一份',
  reading: (name: string) => `正在核验 ${name}…`,
  privacy: '本页不发送任何内容：页面自带的规则（CSP）禁止一切网络请求，断网也能用。',
  close: '关闭并清除',

  verdicts: {
    agrees: '全部相符',
    agrees_key_unknown: '数字全部相符，但签名的密钥您还没有确认过',
    disagrees: '不相符',
    unreadable: '无法读取',
  },
  verdictTags: { agrees: '相符', agrees_key_unknown: '相符，密钥未确认', disagrees: '不相符', unreadable: '无法读取' },
  verdictText: {
    agrees: (figures: string) => `${figures} 个数字全部重新计算，与结单一分不差；签名有效，由您确认过的密钥签署。`,
    agrees_key_unknown: (figures: string) => `${figures} 个数字全部重新计算，与结单一分不差；自签名以来内容没有改动。请把下面的指纹与出借人公布的指纹对照：对得上，才说明确是出借人所签。`,
    disagrees: (problems: string) => `发现 ${problems} 处问题。请勿依据这份结单付款或主张权利，先向出借人要求说明。`,
    unreadable: '这份文件不能被确定地理解，因此不作任何判断。下面是读不通的地方。',
  },
  figuresTold: (agree: string, all: string) => `${all} 个数字中 ${agree} 个相符`,

  refused: {
    too_large: (size: string) => `文件有 ${size}，超过 20 MB：结单不会这么大，没有读取。`,
    empty: '文件是空的。',
    not_text: '这不是文字文件（可能是图片、PDF 或压缩包）。请选择 statement.json。',
    not_json: '这不是结单：结单是以 { 开头的 JSON 文字，文件名通常是 statement.json。',
    not_readable: '浏览器读不到这个文件（可能是文件夹，或已被移动）。',
  },

  firstProblem: '第一处不相符',
  firstUnreadable: '第一处读不通',
  followsFrom: '由它推算的数字也随之不同。',
  units: { fen: '分', yuan: '元' },
  claimed: '结单所述',
  recomputed: '重新计算',
  agreesMark: '相符',
  differsMark: '不相符',
  jump: '跳到这一处',
  allProblems: (count: string) => `全部 ${count} 处`,
  place: '位置',
  whole: '整份文件',

  key: {
    title: '是谁签的',
    valid: '签名有效：内容自签署以来没有改动。',
    invalid: '签名无效：内容或签名在签署之后被改动。',
    unread: '签名读不出来。',
    fingerprint: '密钥指纹（SHA-256）',
    trusted: '这是您确认过的密钥。',
    compare: '请在出借人的官网、合同或监管披露中找到其公布的指纹，粘贴到这里对照。不要用与结单一同发来的指纹。',
    field: '出借人公布的指纹',
    go: '对照',
    same: '一致。本浏览器已记住这把密钥。',
    other: '不一致：这份结单不是用您粘贴的那把密钥签的。请向出借人核实。',
    none: '这不是指纹：指纹是 64 位十六进制数字（0–9、a–f）。',
    forget: '不再确认这把密钥',
  },

  facts: {
    title: '这份结单',
    lender: '出借人', loan: '贷款编号', contract: '合同编号', product: '产品', signedAt: '合同签署', asOf: '截至', issuedAt: '出具时间',
    knownThrough: '已知事件', knownThroughIs: (number: string) => `至第 ${number} 号（未列出的编号是记账标记，或在结单日之后生效）`, arithmetic: '算法版本', arithmeticIs: (version: string) => `第 ${version} 版`,
    id: '结单编号', supersedes: '更正', supersedesNone: '不更正任何结单', supersedesIs: (id: string) => `取代 ${id}`, funders: '出资', sheet: '成本明示表摘要', beijing: '北京时间',
    touched: '签名后被改动',
  },

  terms: {
    title: '合同怎么约定',
    lead: '重新计算只用这些条款和下面的事件。请与您手中的合同逐条核对：签名只说明出借人这样写，不说明您曾这样同意。',
  },

  cost: {
    title: '一年的真实成本',
    lead: '按合同、从放款日起按期还款计算，含一切费用。',
    none: '尚未放款，或没有能解释这些现金流的利率。',
    irrTimes12: '月内部收益率 × 12（单利，明示口径）', dated: '按实际日期（单利）', effective: '按月复利', effectiveDated: '按实际日期（复利）', simple: '费用 ÷（占用本金 × 时间）',
    measure: '口径', rate: '年化',
  },

  figures: {
    title: '每个数字',
    lead: '左为结单所述，右为按合同与事件重新计算。',
    name: '项目',
    sections: { position: '借款状态', due: '应还', payoff: '结清', totals: '累计', installment: '各期' },
    onlyDiffering: '只看不相符的',
    noneDiffering: '没有不相符的数字。',
    installment: (number: number) => `第 ${number} 期`,
    differing: (count: string) => `${count} 处不相符`,
    agreeing: (count: string) => `${count} 个数字相符`,
    openAll: '全部展开', closeAll: '全部收起',
    none: '因上述问题，数字没有计算。',
  },

  account: {
    title: '账是怎么来的',
    lead: '从放款起，每件动过一分钱的事，按先后列出；点开可看每分钱为什么。这里只有出借人承认的事：请与您自己的银行流水核对，少列一笔还款，就是出借人签名否认收到。',
    moved: '变动', outstanding: '剩余本金', due: '应还', why: '为什么', touched: '签名后被改动',
    component: {
      disbursed: '放款', received: '收款', refunded: '退款', refundLiability: '待退款', principalPaid: '已还本金', interestCharged: '已计利息', interestPaid: '已还利息', interestWaived: '已减免利息',
      penaltyCharged: '已计罚息', penaltyPaid: '已还罚息', penaltyWaived: '已减免罚息', feeCharged: '已计费用', feePaid: '已还费用', feeWaived: '已减免费用', principalChargedOff: '已转损失本金', recovered: '转损失后收回',
    },
    nothingMoved: '没有变动',
  },

  list: '已核验的文件',
  print: '打印',
  values: {
    awaiting_disbursement: '待放款', cancelled: '已取消', active: '还款中', settled: '已结清', charged_off: '已转损失',
    upcoming: '未到期', due: '到期应还', overdue: '逾期', paid: '已还清', current: '正常', true: '是', false: '否',
  } as Readonly<Record<string, string>>,
};

export type Messages = typeof zh;
