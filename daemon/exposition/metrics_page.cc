#include "exposition/metrics_page.h"

#include <chrono>
#include <utility>

#include "exposition/families.h"
#include "exposition/indicator_writer.h"
#include "exposition/info_writer.h"
#include "exposition/period_writer.h"
#include "exposition/registry_writer.h"
#include "exposition/report_writer.h"
#include "exposition/target_writer.h"

namespace iocd::exposition {

MetricsPage::MetricsPage(const engine::Engine& engine, DaemonMetrics& metrics)
    : engine_(engine), metrics_(metrics) {}

std::shared_ptr<const LabelTexts> MetricsPage::Labels() const {
  auto catalogue = engine_.catalogue();
  MutexLock lock(mutex_);
  if (labels_ == nullptr || labels_->catalogue != catalogue) {
    labels_ = std::make_shared<const LabelTexts>(std::move(catalogue));
  }
  return labels_;
}

void MetricsPage::AppendFigures(Format format, Timestamp now, std::string* page) const {
  const std::shared_ptr<const LabelTexts> labels = Labels();
  FamilyBuffers buffers;
  AppendDepartments(engine_, *labels, &buffers);
  AppendIndicatorInfo(*labels, &buffers);
  AppendIndicators(engine_, *labels, now, &buffers);
  AppendPeriods(engine_, *labels, now, &buffers);
  AppendTargets(engine_, *labels, now, &buffers);
  AppendReports(engine_, *labels, now, &buffers);
  buffers.AppendTo(format, page);
}

std::string MetricsPage::Render(Format format, Timestamp now) const {
  const auto began = std::chrono::steady_clock::now();
  std::string page;
  if (engine_.CheckReady().ok()) AppendFigures(format, now, &page);
  AppendFamilies(format, metrics_.Collect(engine_), &page);
  AppendEnd(format, &page);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  metrics_.ObserveScrape(took.count());
  return page;
}

}  // namespace iocd::exposition
